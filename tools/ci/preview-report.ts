import { stripVTControlCharacters } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { OutcomeCollector, type Step, type Violation } from "../../src/rehearsal/engine/outcome";

/** What a preview of one stack said, without any resource's inputs: it is kept where everyone who sees the repository can read. */
export interface PreviewReport {
  readonly stack: string;
  readonly succeeded: boolean;
  /** Steps that would change something. */
  readonly steps: readonly Step[];
  readonly unchanged: number;
  readonly violations: readonly Violation[];
  /** All that the command printed, secrets already taken out by whoever ran it. */
  readonly output: string;
}

/** Steps that leave what they touch as it is. */
const unchanging = new Set(["same", "read", "refresh"]);

export const previewReport = (
  preview: { readonly stack: string; readonly succeeded: boolean; readonly output: string },
  events: readonly EngineEvent[],
): PreviewReport => {
  const collector = new OutcomeCollector();
  for (const event of events) collector.onEvent(event);
  const { steps, violations } = collector.outcome();
  const changing = steps.filter(({ op }) => !unchanging.has(op));
  return {
    ...preview,
    output: stripVTControlCharacters(preview.output).trimEnd(),
    steps: changing,
    unchanged: steps.length - changing.length,
    violations,
  };
};

/** One event a line. The last may be cut off where the engine was stopped while it wrote; what it would have said is in the output. */
export const parseEvents = (log: string): readonly EngineEvent[] => {
  const whole = log.slice(0, log.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
};
