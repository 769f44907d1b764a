import { existsSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { lockName, withLock } from "../tools/lock";
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
      const contents = (await readdir(dir)).filter((name) => name !== lockName);
      await Promise.all(contents.map((name) => rm(join(dir, name), { recursive: true })));
    },
  );
  await rmdir(dir).catch((error: unknown) => {
    // Another run is there already, or was faster.
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOTEMPTY" && code !== "ENOENT") throw error;
  });
};

/** {@link stopControlPlane} for every cluster that a RealClusterHost keeps in `dir`, also those of runs that were killed. */
export const stopClusters = async (dir: string): Promise<void> => {
  if (!existsSync(dir)) return;
  const entries = await readdir(dir, { withFileTypes: true });
  const clusters = entries.filter((entry) => entry.isDirectory());
  await Promise.all(clusters.map(({ name }) => stopControlPlane(join(dir, name))));
};

/** For callers that hold the folder's lock. etcd last, for the others write to it until they end. */
export const stopProcesses = async (dir: string): Promise<void> => {
  const records = await readRecords(dir);
  await endProcesses(records.filter(({ name }) => name !== "etcd"));
  await endProcesses(records);
  await forgetRecords(dir);
};
