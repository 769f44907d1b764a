import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { stackFileOnOtherCloud } from "../../src/config/other-cloud";
import { stackClouds, type StackCloud } from "../../components/shared/cloud";
import { placesAt } from "../../src/rehearsal/engine/places";
import { silent } from "../../src/rehearsal/progress";
import { SimulatedClusterHost, type FaultPlan } from "../../src/rehearsal/providers";
import { openRehearsal, type Rehearsal } from "../../src/rehearsal/rehearsal";
import { resolveTools } from "../../src/rehearsal/tools";

export const repository = join(__dirname, "../..");

/** A folder that is gone when the test is. */
export const scratch = (): { readonly path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), "holdfast-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** The project as a checkout of its own, so that a test can change its stack files; they may be on another cloud. */
export const checkout = (path: string, cloud?: StackCloud): Checkout => {
  for (const file of readdirSync(repository).filter((name) => /^Pulumi\..*yaml$/.test(name))) {
    const text = readFileSync(join(repository, file), "utf8");
    const isStackFile = file !== "Pulumi.yaml";
    writeFileSync(join(path, file), cloud && isStackFile ? stackFileOnOtherCloud(text, cloud) : text);
  }
  for (const folder of ["src", "components", "policies", "node_modules"]) {
    symlinkSync(join(repository, folder), join(path, folder));
  }
  return {
    path,
    edit(stack, [from, to]) {
      const file = join(path, `Pulumi.${stack}.yaml`);
      const text = readFileSync(file, "utf8");
      if (text.split(from).length !== 2) throw new Error(`${file}: "${from}" must stand there once`);
      writeFileSync(file, text.replace(from, to));
    },
  };
};

export interface Checkout {
  readonly path: string;
  /** Replaces a text that stands once in a stack file. */
  readonly edit: (stack: string, change: readonly [from: string, to: string]) => void;
}

export interface SimulatedOptions {
  readonly root: string;
  readonly repository?: string;
  readonly faults?: FaultPlan;
  readonly program?: PulumiFn;
  /** @default those of the repository's stack files */
  readonly clouds?: readonly StackCloud[];
  /** For runs that are killed: the state is written at every step. */
  readonly stateAtEveryStep?: boolean;
}

/** The clouds that a checkout's stack files name. */
const cloudsIn = (path: string): readonly StackCloud[] => {
  const texts = readdirSync(path)
    .filter((name) => /^Pulumi\..+\.yaml$/.test(name))
    .map((name) => readFileSync(join(path, name), "utf8"));
  return stackClouds.filter((cloud) =>
    texts.some((text) => new RegExp(`^ *holdfast:cloud: *${cloud}\\b`, "m").test(text)),
  );
};

/** Stand-in clouds for a test: what was made in `root` before is still there. */
export const simulated = async (options: SimulatedOptions): Promise<Rehearsal> => {
  const { pulumi } = await resolveTools(["pulumi"], silent);
  const { repository: from = repository } = options;
  return openRehearsal({
    repository: from,
    clouds: options.clouds ?? cloudsIn(from),
    places: placesAt(options.root),
    pulumi,
    realControlPlane: false,
    throwaway: options.stateAtEveryStep !== true,
    clusterHost: (inventory) => new SimulatedClusterHost(inventory),
    ...(options.faults === undefined ? {} : { faults: options.faults }),
    ...(options.program === undefined ? {} : { program: options.program }),
  });
};
