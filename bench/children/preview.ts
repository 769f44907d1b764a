import { join } from "node:path";
import { deployPlatform } from "../../src/platform";
import { previewOnly, previewThenUp } from "../../src/rehearsal/engine/gate";
import { silent } from "../../src/rehearsal/progress";
import { SimulatedClusterHost } from "../../src/rehearsal/providers";
import { openRehearsal } from "../../src/rehearsal/rehearsal";
import { resolveTools } from "../../src/rehearsal/tools";
import { configMaps } from "../programs/config-maps";
import { manyServices } from "../programs/services";
import { repository } from "../repository";
import { cpuSeconds } from "./cpu-time";
import { answer, measure, task } from "./answer";
import { inScratch } from "./in-scratch";

export interface PreviewTask {
  readonly program: "platform" | "config-maps";
  /** Services of the platform, or resources of the bare program. */
  readonly count: number;
  readonly pack: "none" | "empty" | "ours";
  /**
   * `new`: the kubeconfig isn't known before the update, so the engine asks no provider about what goes into the cluster.
   * `standing`: the cluster is there already, and each object is checked.
   */
  readonly cluster: "new" | "standing";
}

export interface PreviewResult {
  readonly seconds: number;
  /** Of the program, the engine and the policy pack together, the process's own start left out. */
  readonly cpuSeconds: number;
  /** Registrations, the stack's and the components' included. */
  readonly resources: number;
}

const programs = {
  platform: (count: number) => void deployPlatform({ ...manyServices(count), secrets: {} }),
  "config-maps": configMaps,
};

measure(() =>
  inScratch(async (places, signal) => {
    const { program, count, pack, cluster } = task() as PreviewTask;
    const { pulumi } = await resolveTools(["pulumi"], silent);
    let declared = 0;
    const rehearsal = await openRehearsal({
      repository,
      clouds: ["linode"],
      places,
      pulumi,
      realControlPlane: false,
      clusterHost: (inventory) => new SimulatedClusterHost(inventory),
      // eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program that is a function
      program: async () => programs[program](declared),
    });
    try {
      const stack = await rehearsal.openStack("development");
      const options = { places, signal };
      if (cluster === "standing") await previewThenUp(stack, { ...options, policyPacks: [] });
      declared = count;
      const policyPacks = { none: [], empty: [join(__dirname, "..", "empty-pack")], ours: rehearsal.policyPacks }[pack];
      const began = performance.now();
      const busyBefore = cpuSeconds();
      const { steps } = await previewOnly(stack, { ...options, policyPacks });
      const seconds = (performance.now() - began) / 1000;
      answer({ seconds, cpuSeconds: cpuSeconds() - busyBefore, resources: steps.length } satisfies PreviewResult);
    } finally {
      await rehearsal.close();
    }
  }),
);
