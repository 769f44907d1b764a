import type { Cloud } from "../../components/shared";
import { previewOnly, previewThenUp } from "../../src/rehearsal/engine/gate";
import { silent } from "../../src/rehearsal/progress";
import { SimulatedClusterHost } from "../../src/rehearsal/providers";
import { openRehearsal } from "../../src/rehearsal/rehearsal";
import { prepareStacks } from "../../src/rehearsal/stack-files";
import { resolveTools } from "../../src/rehearsal/tools";
import { repository } from "../repository";
import { answer, measure, task } from "./answer";
import { inScratch } from "./in-scratch";

export interface CloudPreviewTask {
  readonly cloud: Cloud;
  readonly stack: string;
}

export interface CloudPreviewResult {
  /** From the start of the process, less what it takes to bring up the stack whose cluster this one joins. */
  readonly seconds: number;
  readonly resources: number;
}

measure(() =>
  inScratch(async (places, signal) => {
    const { cloud, stack } = task() as CloudPreviewTask;
    const { pulumi } = await resolveTools(["pulumi"], silent);
    const { chain, clouds, stackFiles } = prepareStacks({ repository, stack, cloud, folder: places.stackFiles });
    const rehearsal = await openRehearsal({
      repository,
      stackFiles,
      clouds,
      places,
      pulumi,
      realControlPlane: false,
      throwaway: true,
      clusterHost: (inventory) => new SimulatedClusterHost(inventory),
    });
    try {
      const options = { places, signal, policyPacks: rehearsal.policyPacks };
      let apart = 0;
      for (const { stack: owner } of chain.slice(0, -1)) {
        const began = performance.now();
        await previewThenUp(await rehearsal.openStack(owner), options);
        apart += performance.now() - began;
      }
      const { steps } = await previewOnly(await rehearsal.openStack(stack), options);
      // The clock starts with the process.
      const seconds = (performance.now() - apart) / 1000;
      answer({ seconds, resources: steps.length } satisfies CloudPreviewResult);
    } finally {
      await rehearsal.close();
    }
  }),
);
