import { renderSummary } from "../report/summary";
import { stackChain } from "./chain";
import { placesAt } from "./engine/places";
import type { Progress } from "./progress";
import { SimulatedClusterHost } from "./providers";
import { openRehearsal } from "./rehearsal";
import { rehearseStack } from "./rehearse-stack";
import { resolveTools } from "./tools";

export interface SimulatedOptions {
  readonly repository: string;
  /** Where everything that the rehearsal makes is kept. */
  readonly root: string;
  readonly stack: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Whether what the engine says is shown as it says it. */
  readonly verbose: boolean;
}

/** Rehearses a stack, and first the one that it joins, on clouds and clusters that are simulated throughout. */
export const rehearseSimulated = async (
  options: SimulatedOptions,
): Promise<{ readonly text: string; readonly ok: boolean }> => {
  const chain = stackChain(options.repository, options.stack);
  const { pulumi } = await resolveTools(["pulumi"], options.progress);
  const rehearsal = await openRehearsal({
    repository: options.repository,
    places: placesAt(options.root),
    pulumi,
    clusterHost: (inventory) => new SimulatedClusterHost(inventory),
  });
  try {
    const summaries: string[] = [];
    let ok = true;
    for (const { stack, config } of chain) {
      const result = await rehearseStack(rehearsal, {
        stack,
        signal: options.signal,
        progress: options.progress,
        ...(options.verbose ? { onOutput: (text: string) => process.stderr.write(text) } : {}),
      });
      ok &&= result.unsettled.length === 0;
      summaries.push(renderSummary(result, `${config.cloud} ${config.region}, simulated`));
    }
    return { text: summaries.join("\n\n"), ok };
  } finally {
    await rehearsal.close();
  }
};
