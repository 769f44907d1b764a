/** How far Go is, from what it prints while it works. */
export interface GoWork {
  /** Modules being or been downloaded. */
  readonly modules: number;
  /** Packages compiled, those taken from Go's own cache not counted. */
  readonly packages: number;
}

/** Go prints a line for each module that it downloads, and with `-v` one for each package that it compiles. */
export const countGoWork = (work: GoWork, line: string): GoWork => {
  if (line.startsWith("go: downloading ")) return { ...work, modules: work.modules + 1 };
  return isPackagePath(line) ? { ...work, packages: work.packages + 1 } : work;
};

/** What the user is told. `total` is all packages of the program, so that the count may end below it. */
export const describeGoWork = (work: GoWork, total: number | undefined, elapsedMs: number): string => {
  const parts = [
    ...(work.modules > 0 ? [`fetched ${count(work.modules, "module")}`] : []),
    ...(total === undefined ? [] : [`compiled ${work.packages} of at most ${count(total, "package")}`]),
    duration(elapsedMs),
  ];
  return parts.join(", ");
};

export const duration = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** An import path alone on its line; compiler messages have spaces or colons, and `# path` headings a space. */
const isPackagePath = (line: string): boolean => /^[\w.~-]+(\/[\w.~-]+)*$/.test(line);

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
