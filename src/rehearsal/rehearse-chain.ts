import type { StackCloud, StackConfig } from "../config/stack-config";
import { renderFailure } from "../report/failure";
import { renderSummary } from "../report/summary";
import type { StackInOrder } from "./chain";
import { OperationFailed } from "./engine/gate";
import type { Progress } from "./progress";
import type { Rehearsal } from "./rehearsal";
import { rehearseStack } from "./rehearse-stack";

export interface RehearseOptions {
  readonly repository: string;
  /** Where everything that the rehearsal makes is kept. */
  readonly root: string;
  readonly stack: string;
  /** In place of the stack files' own, with that cloud's default sizes. @default the stack files' own */
  readonly cloud?: StackCloud;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Whether what the engine says is shown as it says it. */
  readonly verbose: boolean;
}

/** What a command prints, and whether all was well. */
export interface Report {
  readonly text: string;
  readonly ok: boolean;
}

/** Rehearses stacks one after another, and reports on each; the first that fails ends it, since later ones join earlier ones. */
export const rehearseChain = async (
  rehearsal: Rehearsal,
  chain: readonly StackInOrder[],
  { signal, progress, verbose, cloud }: RehearseOptions,
  clusters: "simulated" | "real control plane",
): Promise<Report> => {
  for (const [name, version] of Object.entries(rehearsal.official)) {
    progress.phase(`${name} provider`).done(`the official plugin ${version} is installed and used`);
  }
  const texts: string[] = [];
  let ok = true;
  for (const { stack, config } of chain) {
    try {
      const result = await rehearseStack(rehearsal, {
        stack,
        signal,
        progress,
        ...(verbose ? { onOutput: (text: string) => process.stderr.write(text) } : {}),
      });
      ok &&= result.unsettled.length === 0;
      const overridden = cloud === undefined ? "" : "; cloud overridden, default sizes";
      texts.push(renderSummary(result, `${placeOf(config)}, ${clusters}${overridden}`));
    } catch (error) {
      if (!(error instanceof OperationFailed) || signal.aborted) throw error;
      return { text: [...texts, `${stack}: ${renderFailure(error)}`].join("\n\n"), ok: false };
    }
  }
  return { text: texts.join("\n\n"), ok };
};

const placeOf = (config: StackConfig): string =>
  config.cloud === "existing" ? "a cluster that is there already" : `${config.cloud} ${config.region}`;
