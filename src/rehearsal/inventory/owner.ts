import { linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";

/**
 * Gives this process sole use of a directory, as one cloud has one record of what it has. A process that died without
 * letting go is found dead, so that the next one takes over at once.
 * @throws when a living process has it, naming the process
 */
export const takeOwnership = (path: string): { release(): void } => {
  const claim = `${process.pid} ${startOf(process.pid)}`;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, claim, { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(draft, path);
        return { release: () => unlinkSync(path) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = readIfThere(path);
      if (holder === undefined) continue;
      const [pid, start] = holder.split(" ");
      if (isAlive(Number(pid)) && start === startOf(Number(pid))) {
        throw new Error(`${path}: process ${pid} uses this inventory. Stop that rehearsal first, or wait for its end.`);
      }
      unlinkSync(path);
    }
  } finally {
    unlinkSync(draft);
  }
};

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** When the process started, so that a later one with its number is not mistaken for it; "" where that can't be read. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, which may hold spaces.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
};
