import type { OutputMap } from "@pulumi/pulumi/automation";
import type { Outcome } from "../rehearsal/engine/outcome";
import { countByLayer } from "./made";
import { table } from "./table";
import { renderViolations } from "./violations";

/** What one rehearsed stack came to. */
export interface StackSummary {
  readonly stack: string;
  /** Where it ran: `linode fr-par, simulated`. */
  readonly where: string;
  readonly preview: Outcome;
  readonly up: Outcome;
  readonly outputs: OutputMap;
  readonly seconds: Readonly<Record<string, number>>;
}

/** What a rehearsal prints at its end: outputs, what was made, what the policies said, and how long it took. */
export const renderSummary = (summary: StackSummary): string =>
  [
    `${summary.stack} (${summary.where})`,
    section("Outputs", renderOutputs(summary.outputs)),
    section("Made", renderMade(summary.up)),
    section("Policies", renderPolicies(summary.preview, summary.up)),
    section("Time", renderSeconds(summary.seconds)),
  ].join("\n\n");

const section = (title: string, body: string): string => `${title}\n${body}`;

const renderOutputs = (outputs: OutputMap): string =>
  table(
    [],
    Object.entries(outputs)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, { value, secret }]) => [name, secret ? "[secret]" : renderValue(value)]),
  );

const renderValue = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(renderValue).join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => `${key}: ${renderValue(inner)}`)
      .join("\n");
  }
  return JSON.stringify(value);
};

const renderMade = (up: Outcome): string => {
  const made = up.steps.filter(({ op }) => op !== "same");
  if (made.length === 0) return "  nothing: everything was as it should be";
  return table(
    [],
    countByLayer(made).map(({ layer, total, kinds }) => [
      layer,
      total,
      wrap(
        kinds.map(([kind, count]) => `${count} ${kind}`),
        90,
      ),
    ]),
  );
};

const renderPolicies = (preview: Outcome, up: Outcome): string => {
  const packs = Object.entries(preview.packs).map(([name, version]) => `${name} ${version}`);
  const violations = [...preview.violations, ...up.violations];
  const count = (level: string) => violations.filter((violation) => violation.level === level).length;
  const head = `  ${packs.join(", ")}: ${count("mandatory")} mandatory violations, ${count("advisory")} advisory`;
  return violations.length === 0 ? head : `${head}\n${renderViolations(violations)}`;
};

const renderSeconds = (seconds: Readonly<Record<string, number>>): string =>
  `  ${Object.entries(seconds)
    .map(([phase, taken]) => `${phase} ${taken.toFixed(1)} s`)
    .join(", ")}`;

/** Puts words on lines of at most `width` characters. */
const wrap = (words: readonly string[], width: number): string => {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= width) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
};
