import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { processIdentity } from "./process-identity";

/** A process that was started, so that any later run can tell whether it is still that one. */
const recordSchema = z.object({ name: z.string(), pid: z.number().int().positive(), identity: z.string() });
export type ProcessRecord = z.infer<typeof recordSchema>;

/** The program and arguments of one part of the control plane. */
export interface Command {
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
}

export const logPath = (dir: string, name: string): string => join(dir, `${name}.log`);

const recordsPath = (dir: string): string => join(dir, "pids.json");

/** What was started in this folder and not stopped since. */
export const readRecords = async (dir: string): Promise<readonly ProcessRecord[]> => {
  const text = await readFile(recordsPath(dir), "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "[]";
    throw error;
  });
  return z.array(recordSchema).parse(JSON.parse(text));
};

/** All or nothing, so that a run that is killed while writing leaves the earlier records readable. */
export const writeRecords = async (dir: string, records: readonly ProcessRecord[]): Promise<void> => {
  const temporary = `${recordsPath(dir)}.new`;
  await writeFile(temporary, JSON.stringify(records, undefined, 2), { mode: 0o600 });
  await rename(temporary, recordsPath(dir));
};

export const forgetRecords = (dir: string): Promise<void> => rm(recordsPath(dir), { force: true });

export const isRunning = (record: ProcessRecord): boolean => processIdentity(record.pid) === record.identity;

/**
 * Starts a program in `dir`, its output in a log there. In a session of its own: a terminal's Ctrl-C does not reach
 * it, since it is stopped in order by {@link endProcesses}, and it may outlive this process.
 *
 * @throws Error where the program cannot be run at all
 */
export const startProcess = async (
  dir: string,
  command: Command,
): Promise<{ readonly record: ProcessRecord; readonly child: ChildProcess }> => {
  const log = openSync(logPath(dir, command.name), "a", 0o600);
  try {
    const child = spawn(command.binary, [...command.args], { cwd: dir, detached: true, stdio: ["ignore", log, log] });
    await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    const pid = child.pid ?? 0;
    // Gone already: kept with an identity that no process has, so that it counts as ended.
    return { child, record: { name: command.name, pid, identity: processIdentity(pid) ?? "ended" } };
  } finally {
    closeSync(log);
  }
};

/**
 * Ends those that are still the processes they were started as, and waits until they are gone.
 *
 * @param graceMs how long each may take to end by itself; after that it is killed
 */
export const endProcesses = async (records: readonly ProcessRecord[], graceMs = 3_000): Promise<void> => {
  signal(records, "SIGTERM");
  if (await gone(records, graceMs)) return;
  signal(records, "SIGKILL");
  if (await gone(records, killedWithinMs)) return;
  const left = records.filter(isRunning).map(({ name, pid }) => `${name} (pid ${pid})`);
  throw new Error(`Cannot stop ${left.join(", ")}: still running ${killedWithinMs / 1000} s after SIGKILL.`);
};

/** A killed process is gone as soon as the kernel gets to it, unless it hangs on a disk. */
const killedWithinMs = 10_000;

const signal = (records: readonly ProcessRecord[], name: NodeJS.Signals): void => {
  for (const record of records.filter(isRunning)) {
    try {
      process.kill(record.pid, name);
    } catch (error) {
      // It may end between the look and the signal.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
};

const gone = async (records: readonly ProcessRecord[], withinMs: number): Promise<boolean> => {
  const deadline = Date.now() + withinMs;
  while (records.some(isRunning)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
};
