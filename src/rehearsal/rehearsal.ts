import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation";
import type { StackCloud } from "../config/stack-config";
import type { ClusterHost } from "./cluster-host";
import { stackFile } from "./engine/project";
import { openStack } from "./engine/stack";
import type { Places } from "./engine/places";
import { Inventory } from "./inventory";
import { playedBy } from "./official-plugins";
import type { Progress } from "./progress";
import { startProviders, type FaultPlan, type ProviderServer } from "./providers";
import { policyAnalyzerDir, type ResolvedTool } from "./tools";

export interface RehearsalOptions {
  /** The checkout that holds Pulumi.yaml, the stack files and the policies. */
  readonly repository: string;
  /**
   * The folder that stack files are read from, where they are not the checkout's own.
   * @default the repository
   */
  readonly stackFiles?: string;
  /** Those that the stacks are on: only what they need is loaded and started. */
  readonly clouds: readonly StackCloud[];
  readonly places: Places;
  readonly pulumi: ResolvedTool;
  /** Where the clusters that the program makes will live. */
  readonly clusterHost: (inventory: Inventory) => ClusterHost;
  /** Whether those clusters are real API servers, which the official Kubernetes provider can talk to. */
  readonly realControlPlane: boolean;
  /**
   * Whether its places are removed at its end, however it ends: faster, but a run that is killed can't be gone on from.
   * @default false
   */
  readonly throwaway?: boolean;
  /** Told of what takes long at its first use, such as building Helm. @default nobody is */
  readonly progress?: Progress;
  /** What is to go wrong. @default nothing */
  readonly faults?: FaultPlan;
  /** @default the platform itself, src/index.ts: the module that plain `pulumi up` runs */
  readonly program?: PulumiFn;
}

/** Stand-in clouds that are up, and the stacks that can be brought up on them. */
export interface Rehearsal {
  readonly places: Places;
  readonly inventory: Inventory;
  readonly providers: ProviderServer;
  /** Official provider plugins that act themselves, by package with their version. */
  readonly official: Readonly<Record<string, string>>;
  /** Whether there was anything in its places, such as what a killed run left. */
  readonly isNew: boolean;
  /** Folders of the packs that every preview runs with. */
  readonly policyPacks: readonly string[];
  openStack(name: string): Promise<Stack>;
  /** Ends the stand-ins. What they made stays on disk, and real control planes stay up. */
  close(): Promise<void>;
}

/** Starts the stand-ins of a rehearsal: those of an earlier one in the same places go on with what they had. */
export const openRehearsal = async (options: RehearsalOptions): Promise<Rehearsal> => {
  const { places, repository } = options;
  const { standIns, official } = playedBy(options);
  const isNew = readdirSync(places.state).length === 0;
  const inventory = Inventory.open(places.inventory);
  const clusterHost = options.clusterHost(inventory);
  const stackFiles = options.stackFiles ?? repository;
  // What it needs takes time to load, and no cloud's rehearsal does.
  const existing = options.clouds.includes("existing")
    ? await (await import("./existing")).existingClusters(clusterHost, options.realControlPlane ? undefined : inventory)
    : undefined;
  const providers = await startProviders({
    inventory,
    clusterHost,
    only: standIns,
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    ...(options.faults === undefined ? {} : { faults: options.faults }),
  });
  const program: PulumiFn = options.program ?? (await platformProgram(repository));
  return {
    places,
    isNew,
    inventory,
    providers,
    official,
    policyPacks: [join(repository, "policies")],
    openStack: async (stack) =>
      openStack({
        repository,
        stackFiles,
        secrets: (await existing?.secretsOf(join(stackFiles, stackFile(stack)))) ?? {},
        places,
        stack,
        program,
        executables: executables(options.pulumi),
        providerEnvironment: providers.env,
        throwaway: options.throwaway ?? false,
      }),
    async close() {
      await providers.stop();
      await existing?.close();
      inventory.close();
    },
  };
};

/** An official distribution starts policy packs by itself; ours needs the program that does. */
export const executables = ({ path, origin }: ResolvedTool): Readonly<Record<string, string>> => ({
  pulumi: path,
  ...(origin === "path"
    ? {}
    : { "pulumi-analyzer-policy-nodejs": join(policyAnalyzerDir, "pulumi-analyzer-policy-nodejs") }),
});

/** The module that Pulumi.yaml names, loaded once and run as often as there are operations. */
const platformProgram = async (repository: string): Promise<PulumiFn> => {
  const program = (await import(join(repository, "src", "index"))) as { default: PulumiFn };
  return program.default;
};
