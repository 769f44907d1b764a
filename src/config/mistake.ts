import { distance } from "fastest-levenshtein";

/** One thing that is wrong with a stack file, and what would be right. */
export interface Mistake {
  /** Where, as Pulumi writes it: `holdfast:nodePools.gpu.plan`; or `line 3, column 7` where the text cannot be read. */
  readonly path: string;
  /** What stands there, short, and never a secret. */
  readonly found: string;
  /** What is allowed there, and the likely fix. */
  readonly help: string;
}

export type PathSegment = string | number;

/** A path as `pulumi config set --path` takes it: plain keys by dots, others in brackets and quotes, indexes in brackets. */
export function keyPath(root: string, segments: readonly PathSegment[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    const key = /^[\w-]+$/.test(segment) ? segment : `["${shorten(escapeControls(segment), 60)}"]`;
    return key.startsWith("[") ? path + key : `${path}.${key}`;
  }, root);
}

/** All mistakes of one file, in the form that the README shows; or its warnings, which stop nothing. */
export function formatReport(
  file: string,
  mistakes: readonly Mistake[],
  kind: "mistake" | "warning" = "mistake",
): string {
  const width = Math.min(60, Math.max(...mistakes.map(({ path }) => path.length)));
  const lines = mistakes.map(({ path, found, help }) => `  ${path.padEnd(width)}    ${found}\n    ${help}\n`);
  return `${file}: ${mistakes.length} ${kind}${mistakes.length === 1 ? "" : "s"}\n\n${lines.join("")}`;
}

/** One mistake a path, the first: a second one there is nearly always a consequence of the first. */
export function firstByPath(mistakes: readonly Mistake[]): Mistake[] {
  const byPath = new Map<string, Mistake>();
  for (const mistake of mistakes) if (!byPath.has(mistake.path)) byPath.set(mistake.path, mistake);
  return [...byPath.values()];
}

/** What a value is, in a few words that fit in a line. Maps and lists are not shown: a secret may stand inside. */
export function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "nothing";
  if (value === "") return "an empty string";
  if (typeof value === "string") {
    const shown = shorten(escapeControls(value), 60);
    // Spaces at an end would not be seen.
    return value === value.trim() ? shown : `"${shown}"`;
  }
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return Object.keys(value).length === 0 ? "an empty map" : "a map";
}

/** `Did you mean api-router? Known: analytics, api-router, …`; without the question where nothing is near. */
export function suggest(found: string, known: readonly string[]): string {
  const near = nearest(found, known);
  const question = near === undefined ? "" : `Did you mean ${near}? `;
  if (near !== undefined && known.length > 12) return question.trimEnd();
  return known.length === 0 ? "None is known." : `${question}Known: ${[...known].sort().join(", ")}.`;
}

/** The known word that a typo stands for: at most two of its letters wrong, or a third of them, and no more than four. */
function nearest(found: string, known: readonly string[]): string | undefined {
  // A long text is no typo of a short word, and the distance is quadratic in its length.
  if (found.length > 100) return undefined;
  const [first] = known
    .map((word) => ({ word, off: distance(found.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, off }) => off < word.length && off <= Math.min(4, Math.max(2, Math.floor(word.length / 3))))
    .sort((a, b) => a.off - b.off || a.word.localeCompare(b.word));
  return first?.word;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** A terminal must not be steered by what a file says. */
function escapeControls(text: string): string {
  return text
    .slice(0, 200)
    .replace(
      /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
      (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
}
