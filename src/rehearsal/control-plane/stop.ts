import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
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

/** {@link stopControlPlane} for every cluster that a RealClusterHost keeps in `dir`, also those of runs that were killed. */
export const stopClusters = async (dir: string): Promise<void> => {
  if (!existsSync(dir)) return;
  const entries = await readdir(dir, { withFileTypes: true });
  // Beside each cluster's folder its lock may lie, as a folder too.
  const clusters = entries.filter((entry) => entry.isDirectory() && !entry.name.endsWith(".lock"));
  await Promise.all(clusters.map(({ name }) => stopControlPlane(join(dir, name))));
};

/** For callers that hold the folder's lock. etcd last, for the others write to it until they end. */
export const stopProcesses = async (dir: string): Promise<void> => {
  const records = await readRecords(dir);
  await endProcesses(records.filter(({ name }) => name !== "etcd"));
  await endProcesses(records);
  await forgetRecords(dir);
};
