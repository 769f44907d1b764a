/** Text as it is: no markup in it is read, nobody is mentioned by it, and nothing in it can end the block. */
export const fenced = (text: string): string => {
  const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(Math.max(3, longestRun + 1));
  return `${fence}text\n${text}\n${fence}`;
};

/** Folded until its reader asks for it. */
export const collapsed = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

/** Whole lines from the start, as many as fit, and how many are left out. */
export const firstLines = (lines: readonly string[], budget: number): string => {
  const text = lines.join("\n");
  if (text.length <= budget) return text;
  const fitting = text.slice(0, Math.max(0, budget)).split("\n").slice(0, -1);
  return fitting.length === 0 ? "" : [...fitting, `… and ${lines.length - fitting.length} more`].join("\n");
};

/** Whole lines from the end, as many as fit: an engine's summary and its errors stand last. */
export const lastLines = (text: string, budget: number): string => {
  if (text.length <= budget) return text;
  // One more character tells whether the first line that fits is whole.
  const [, ...fitting] = text.slice(text.length - Math.max(0, budget) - 1).split("\n");
  return fitting.join("\n");
};
