import type { OutputMap } from "@pulumi/pulumi/automation";
import type { MissingChart } from "../rehearsal/charts";
import type { Outcome } from "../rehearsal/engine/outcome";
import type { RehearsedStack } from "../rehearsal/rehearse-stack";
import { countByLayer } from "./made";
import { table } from "./table";
import { renderViolations } from "./violations";

/**
 * What a rehearsal prints of a stack at its end: outputs, what was made, what the policies said, and how long it took.
 * `where` is the place: `linode fr-par, simulated`.
 */
export const renderSummary = (rehearsed: RehearsedStack, where: string): string => {
  const { stack, first, outputs, unsettled, seconds, missingCharts } = rehearsed;
  return [
    `${stack} (${where})`,
    section("Outputs", renderOutputs(outputs)),
    section("Made", renderMade(first.up)),
    ...(missingCharts.length === 0 ? [] : [section("Not rehearsed", missingCharts.map(renderMissing).join("\n"))]),
    section("Policies", renderPolicies(first.preview, first.up)),
    section("Second update", renderUnsettled(unsettled)),
    section("Time", renderSeconds(seconds)),
  ].join("\n\n");
};

const renderMissing = ({ name, version, reason, archive }: MissingChart): string =>
  [
    `  ! the chart ${name} ${version}: its objects were neither made nor judged, for it can't be had here.`,
    ...reason.split("; ").map((line) => `      ${line}`),
    `    To rehearse it, put its archive at ${archive}`,
  ].join("\n");

const renderUnsettled = (urns: readonly string[]): string =>
  urns.length === 0
    ? "  changed nothing"
    : ["  ✗ changed these, though nothing had changed:", ...urns.map((urn) => `    ${urn}`)].join("\n");

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
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(renderValue).join(", ");
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
  // A pack from a folder is called `name|local|folder`.
  const packs = Object.entries(preview.packs).map(([name, version]) => `${name.replace(/\|.*/, "")} ${version}`);
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
