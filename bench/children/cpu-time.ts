import { readFileSync } from "node:fs";

/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const ticks = 100;

/**
 * Seconds that this process and those that it has seen to their end have kept a core busy: unlike the time by the clock, it
 * says the same on a machine that has other work. Not a number where there is no /proc.
 */
export const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  try {
    // The name in brackets may hold spaces; the fields are counted from what follows it: cutime and cstime.
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / ticks;
  } catch {
    return Number.NaN;
  }
};
