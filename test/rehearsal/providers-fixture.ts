import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";

import type { ClusterHost } from "../../src/rehearsal/cluster-host";
import { Inventory } from "../../src/rehearsal/inventory";
import { silent } from "../../src/rehearsal/progress";
import {
  SimulatedClusterHost,
  startProviders,
  type FaultPlan,
  type ProviderServer,
} from "../../src/rehearsal/providers";
import { resolveTools } from "../../src/rehearsal/tools";

/** A cloud of its own in a directory of its own, the real engine, and a stack of a small program. */
export interface Fixture {
  readonly directory: string;
  readonly inventory: Inventory;
  readonly providers: ProviderServer;
  /** The stack with this program; what is given later replaces what was given before. */
  stack(program: PulumiFn, name?: string): Promise<Stack>;
  /** The stack's state file, as it stands on disk. */
  stateFile(name?: string): string;
  close(): Promise<void>;
}

export interface FixtureOptions {
  readonly faults?: FaultPlan;
  readonly clusterHost?: (inventory: Inventory) => ClusterHost;
  /** Goes on with what is there. @default a new one, which is deleted at the end */
  readonly directory?: string;
}

const project = "providers";

export const openFixture = async ({ faults, clusterHost, directory }: FixtureOptions = {}): Promise<Fixture> => {
  const root = directory ?? mkdtempSync(join(tmpdir(), "holdfast-providers-"));
  const state = join(root, "state");
  mkdirSync(state, { recursive: true });
  const inventory = Inventory.open(join(root, "inventory"));
  const host = clusterHost?.(inventory) ?? new SimulatedClusterHost(inventory);
  const providers = await startProviders({ inventory, clusterHost: host, ...(faults === undefined ? {} : { faults }) });
  const { pulumi } = await resolveTools(["pulumi"], silent);
  // The Automation API takes the folder of an installation, with the engine in its bin.
  const home = join(root, "home");
  mkdirSync(join(home, "bin"), { recursive: true });
  if (!existsSync(join(home, "bin", "pulumi"))) symlinkSync(pulumi.path, join(home, "bin", "pulumi"));
  const pulumiCommand = await PulumiCommand.get({ root: home });
  return {
    directory: root,
    inventory,
    providers,
    stack(program, name = "test") {
      return LocalWorkspace.createOrSelectStack(
        { stackName: name, projectName: project, program },
        {
          workDir: root,
          pulumiCommand,
          pulumiHome: home,
          projectSettings: { name: project, runtime: "nodejs", backend: { url: `file://${state}` } },
          envVars: {
            ...providers.env,
            PULUMI_CONFIG_PASSPHRASE: "test",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          },
        },
      );
    },
    stateFile: (name = "test") => readFileSync(join(state, ".pulumi", "stacks", project, `${name}.json`), "utf8"),
    async close() {
      await providers.stop();
      inventory.close();
      if (directory === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
};

/** A program without outputs, that makes this. */
export const making =
  (make: () => unknown): PulumiFn =>
  async () => {
    await make();
  };

/** The message of what must fail. */
export const failure = async (operation: Promise<unknown>): Promise<string> =>
  operation.then(
    () => {
      throw new Error("this was meant to fail");
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
