import type { Violation } from "../rehearsal/engine/outcome";

/** Violations as a person reads them: mandatory ones first, and the same rule's together. */
export const renderViolations = (violations: readonly Violation[]): string =>
  [...unique(violations)]
    .sort(
      (a, b) => Number(b.level === "mandatory") - Number(a.level === "mandatory") || a.policy.localeCompare(b.policy),
    )
    .map(({ level, policy, message }) => `  ${level === "mandatory" ? "✗" : "!"} ${policy}   ${indented(message)}`)
    .join("\n");

/** A preview and the update after it say the same of the same resource. */
const unique = (violations: readonly Violation[]): Iterable<Violation> =>
  new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values();

const indented = (message: string): string => message.split("\n").join("\n    ");
