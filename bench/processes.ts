import { readdirSync, readFileSync } from "node:fs";

/** What a run's processes are for. The program and the stand-ins run in one, so that they share its figure. */
export const roles = ["node", "engine", "policy pack"] as const;
export type Role = (typeof roles)[number];

/** Bytes, at the highest. */
export type PeakMemory = Readonly<Partial<Record<Role, number>>>;

/** Milliseconds between two looks: peaks only rise, so all that is missed is what grows after the last one. */
const interval = 200;

/**
 * Watches a process and its descendants for their peak memory, as Linux keeps it. Elsewhere nothing is found.
 * @see https://docs.kernel.org/filesystems/proc.html VmHWM
 */
export const watchMemory = (root: number): { stop(): PeakMemory } => {
  const peaks = new Map<Role, number>();
  const look = (): void => {
    for (const pid of family(root)) {
      const role = pid === root ? "node" : roleOf(pid);
      const peak = role === undefined ? undefined : peakOf(pid);
      if (role !== undefined && peak !== undefined) peaks.set(role, Math.max(peak, peaks.get(role) ?? 0));
    }
  };
  const timer = setInterval(look, interval);
  return {
    stop() {
      clearInterval(timer);
      return Object.fromEntries(peaks);
    },
  };
};

/** The highest of some runs, as text. */
export const peakMebibytes = (runs: readonly PeakMemory[], role: Role): string => {
  const peaks = runs.map((memory) => memory[role]).filter((peak) => peak !== undefined);
  return peaks.length === 0 ? "–" : (Math.max(...peaks) / 2 ** 20).toFixed(0);
};

/** The process and all that it started, directly or not. */
const family = (root: number): readonly number[] => {
  const children = new Map<number, number[]>();
  for (const pid of pids()) {
    // The name in brackets may hold anything, brackets too; state and parent follow the last.
    const parent = Number(
      read(pid, "stat")
        ?.replace(/^.*\) /s, "")
        .split(" ")[1],
    );
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
};

const pids = (): readonly number[] => {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
};

const roleOf = (pid: number): Role | undefined => {
  if (read(pid, "comm")?.trim() === "pulumi") return "engine";
  return read(pid, "cmdline")?.includes("run-policy-pack") ? "policy pack" : undefined;
};

const peakOf = (pid: number): number | undefined => {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(read(pid, "status") ?? "") ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
};

/** Undefined once the process is gone. */
const read = (pid: number, file: string): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
};
