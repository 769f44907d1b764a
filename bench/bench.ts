import type { PhaseProgress } from "../src/rehearsal/progress";
import { freshRun, type FreshRun } from "./fresh-process";
import type { PreviewResult, PreviewTask } from "./children/preview";
import { pairedRatio } from "./statistics";
import type { Target } from "./targets";

/** What a section measures with. */
export interface Bench {
  /** How often what is compared is run: medians are taken of as many. */
  readonly runs: number;
  readonly signal: AbortSignal;
  readonly progress: PhaseProgress;
}

/** A part of the bench, and the figures that it prints. */
export interface Section {
  /** By which it is asked for alone. */
  readonly name: string;
  readonly title: string;
  measure(bench: Bench): Promise<Findings>;
}

export interface Findings {
  /** Tables and what they mean, to be printed. */
  readonly text: string;
  readonly targets: readonly Target[];
}

/** A preview in a fresh process. */
export const preview = (bench: Bench, task: PreviewTask): Promise<FreshRun<PreviewResult>> => {
  bench.progress.update(`${task.program} of ${task.count}, ${packNames[task.pack]}, ${task.cluster} cluster`);
  return freshRun({ child: "preview", task, signal: bench.signal });
};

const packNames = { none: "no pack", empty: "the empty pack", ours: "our pack" } as const;

/**
 * Runs each of these in turn, again and again, so that what slows the machine down for a while slows them all.
 * @returns the results of each, turn by turn
 */
export const inTurns = async <Name extends string, Result>(
  turns: number,
  contenders: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<Record<Name, Result[]>> => {
  const entries = Object.entries<() => Promise<Result>>(contenders) as [Name, () => Promise<Result>][];
  const results = Object.fromEntries(entries.map(([name]) => [name, new Array<Result>()])) as Record<Name, Result[]>;
  for (let turn = 0; turn < turns; turn++) for (const [name, run] of entries) results[name].push(await run());
  return results;
};

export const seconds = (runs: readonly FreshRun<{ readonly seconds: number }>[]): number[] =>
  runs.map(({ result }) => result.seconds);

/** The ratio of what two previews have cores do, as text: it holds on a busy machine too, where the clock's doesn't. */
export const cpuRatio = (numerators: readonly Previewed[], denominators: readonly Previewed[]): string => {
  const of = (runs: readonly Previewed[]): number[] => runs.map(({ result }) => result.cpuSeconds);
  const ratio = pairedRatio(of(numerators), of(denominators));
  return Number.isNaN(ratio) ? "–" : ratio.toFixed(2);
};

type Previewed = FreshRun<PreviewResult>;
