import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells this process from any later one with the same pid: when it started, and on Linux also in which boot.
 * Undefined: no such process, or one that has ended and only waits to be reaped.
 */
export const processIdentity = (pid: number): string | undefined =>
  process.platform === "linux" ? linuxIdentity(pid) : portableIdentity(pid);

const linuxIdentity = (pid: number): string | undefined => {
  const stat = readProc(`/proc/${pid}/stat`);
  const boot = readProc("/proc/sys/kernel/random/boot_id");
  return stat === undefined || boot === undefined ? undefined : identityFromStat(stat, boot.trim());
};

/** `/proc/<pid>/stat` holds the state third and the start time 22nd; the second, in brackets, may hold anything. */
export const identityFromStat = (stat: string, boot: string): string | undefined => {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  const startTime = fields[19];
  const ended = state === "Z" || state === "X";
  return ended || startTime === undefined ? undefined : `${boot}:${startTime}`;
};

const readProc = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

const portableIdentity = (pid: number): string | undefined => {
  try {
    const [state, ...started] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return state === undefined || state.startsWith("Z") ? undefined : started.join(" ");
  } catch {
    return undefined;
  }
};
