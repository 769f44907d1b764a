import type { Step, Violation } from "../../src/rehearsal/engine/outcome";
import { collapsed, fenced, firstLines, lastLines } from "./markdown";
import type { PreviewReport } from "./preview-report";

/** The first line of the comment, by which the next run finds it. */
export const commentMarker = "<!-- holdfast: preview -->";

/** GitHub refuses a longer comment. Counted in UTF-16 units, of which there are never fewer than GitHub's characters. */
export const commentLimit = 65_536;

export interface CommentContext {
  readonly commit: string;
  readonly runUrl: string;
  /** All stacks that should have been previewed, in their order. */
  readonly stacks: readonly string[];
}

/**
 * One comment for all stacks: the verdicts in a table, then a section each, with what violates the pack in the open, and what
 * would change and the output folded. The table always fits; the sections share the room that is left.
 */
export const renderComment = (reports: readonly PreviewReport[], context: CommentContext): string => {
  const stacks = context.stacks.map((stack) => ({ stack, report: reports.find((report) => report.stack === stack) }));
  const render = (room: number): string =>
    [
      commentMarker,
      `### Preview of ${context.commit.slice(0, 10)}`,
      ["| stack | result | changes | violations |", "|---|---|---|---|", ...stacks.map(row)].join("\n"),
      ...stacks.map(({ stack, report }) => (report === undefined ? missing(stack) : section(report, room))),
      `[The run, with everything in full](${context.runUrl})`,
    ].join("\n\n");
  // How long markup gets depends on the text within, a fence on the backticks in it for example; so it is measured, not guessed.
  let room = Math.floor(commentLimit / Math.max(1, stacks.length));
  let comment = render(room);
  while (comment.length > commentLimit) {
    room = Math.floor(room * 0.9);
    comment = render(room);
  }
  return comment;
};

/** One stack's report alone, for the summary of its job, where there is room for all of it. */
export const renderSummary = (report: PreviewReport): string =>
  [`### Preview of ${report.stack}`, verdict(report), section(report, commentLimit)].join("\n\n");

const verdict = (report: PreviewReport): string => (report.succeeded ? "✅ passes" : "❌ fails");

const row = ({ stack, report }: { readonly stack: string; readonly report: PreviewReport | undefined }): string => {
  if (report === undefined) return `| ${stack} | ❌ no report | | |`;
  const changes = tally(report.steps.map(({ op }) => op));
  const violations = tally(report.violations.map(({ level }) => level));
  return `| ${stack} | ${verdict(report)} | ${changes || "none"} | ${violations || "none"} |`;
};

const missing = (stack: string): string =>
  `#### ${stack}\n\nIts preview ended before its report; the job's log says why.`;

/** Violations come first and get the most: they are what has to be acted on. */
const section = (report: PreviewReport, room: number): string => {
  const violations = firstLines(report.violations.map(violationLine), room * 0.5);
  const changes = firstLines(stepLines(report.steps), room * 0.25);
  const output = lastLines(report.output, room - violations.length - changes.length);
  const outputTitle = output.length < report.output.length ? "Output, its end" : "Output";
  return [
    `#### ${report.stack}`,
    ...(violations === "" ? [] : [fenced(violations)]),
    ...(changes === "" ? [] : [collapsed("What would change", fenced(changes))]),
    ...(output === "" ? [] : [collapsed(outputTitle, fenced(output))]),
  ].join("\n\n");
};

const violationLine = ({ level, policy, urn, message }: Violation): string =>
  `[${level}] ${policy}   ${urn === undefined ? "the stack" : nameIn(urn)}\n    ${message.replaceAll("\n", "\n    ")}`;

/** What can lose data before what cannot: replacements and deletions first. */
const opsByRisk = ["delete", "replace", "update", "create"];

const stepLines = (steps: readonly Step[]): readonly string[] => {
  const ops = [...new Set([...opsByRisk, ...steps.map(({ op }) => op)])];
  return ops.flatMap((op) => {
    const ofOp = steps.filter((step) => step.op === op);
    return ofOp.length === 0 ? [] : [`${op} (${ofOp.length})`, ...byType(ofOp)];
  });
};

const byType = (steps: readonly Step[]): readonly string[] =>
  [...new Set(steps.map(({ type }) => type))].sort().flatMap((type) => {
    const names = steps.filter((step) => step.type === type).map(({ urn }) => nameIn(urn));
    return [`  ${type}`, ...names.sort().map((name) => `    ${name}`)];
  });

/** A resource's own name: what follows the last `::` that stands before it in its URN. */
const nameIn = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

const tally = (words: readonly string[]): string =>
  [...new Set(words)]
    .sort()
    .map((word) => `${words.filter((other) => other === word).length} ${word}`)
    .join(", ");
