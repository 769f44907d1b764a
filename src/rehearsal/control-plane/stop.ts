import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { withLock } from "../tools/lock";
import { endProcesses, forgetRecords, readRecords } from "./processes";

/**
 * Stops what {@link startControlPlane} started in this folder, whichever process did, and waits until it is gone. Its
 * state and logs stay. Nothing running: nothing happens. A pid that now belongs to another program is left alone.
 */
export const stopControlPlane = async (dir: string): Promise<void> => {
  if (!existsSync(dir)) return;
  await withLock(
    dir,
    () => undefined,
    () => stopProcesses(dir),
  );
};

/** {@link stopControlPlane}, and then removes the folder. */
export const removeControlPlane = async (dir: string): Promise<void> => {
  if (!existsSync(dir)) return;
  await withLock(
    dir,
    () => undefined,
    async () => {
      await stopProcesses(dir);
      await rm(dir, { recursive: true, force: true });
    },
  );
};

/** For callers that hold the folder's lock. etcd last, for the others write to it until they end. */
export const stopProcesses = async (dir: string): Promise<void> => {
  const records = await readRecords(dir);
  await endProcesses(records.filter(({ name }) => name !== "etcd"));
  await endProcesses(records);
  await forgetRecords(dir);
};
