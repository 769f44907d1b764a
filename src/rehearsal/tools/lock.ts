import { mkdir } from "node:fs/promises";
import * as lockfile from "proper-lockfile";

/**
 * Runs `work` while no other process holds the lock of the same folder. The lock of a process that was killed is taken
 * over once it has not been renewed for ten seconds.
 *
 * @param onWait called once when another process holds the lock, before waiting for it
 */
export const withLock = async <T>(dir: string, onWait: () => void, work: () => Promise<T>): Promise<T> => {
  await mkdir(dir, { recursive: true });
  let compromised: Error | undefined;
  const options: lockfile.LockOptions = {
    stale: 10_000,
    lockfilePath: `${dir}.lock`,
    onCompromised: (error) => (compromised = error),
  };
  const release = await lockfile.lock(dir, options).catch((error: unknown) => {
    if (!isLocked(error)) throw error;
    onWait();
    return lockfile.lock(dir, { ...options, retries: { forever: true, factor: 1, minTimeout: 250 } });
  });
  try {
    return await work();
  } finally {
    // One lost to another process, after this machine slept for example, is that process' to release.
    if (compromised === undefined) await release();
  }
};

const isLocked = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ELOCKED";
