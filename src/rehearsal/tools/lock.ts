import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as lockfile from "proper-lockfile";

/** The lock's name in the folder that it guards. */
export const lockName = ".lock";

/**
 * Runs `work` while no other process holds the lock of the same folder, which is made where it does not exist. The lock
 * of a process that was killed is taken over once it has not been renewed for ten seconds.
 *
 * @param onWait called once when another process holds the lock, before waiting for it
 */
export const withLock = async <T>(dir: string, onWait: () => void, work: () => Promise<T>): Promise<T> => {
  let compromised: Error | undefined;
  const options: lockfile.LockOptions = {
    stale: 10_000,
    lockfilePath: join(dir, lockName),
    onCompromised: (error) => (compromised = error),
  };
  const release = await acquire(dir, options).catch((error: unknown) => {
    if (!failedWith(error, "ELOCKED")) throw error;
    onWait();
    return acquire(dir, { ...options, retries: { forever: true, factor: 1, minTimeout: 250 } });
  });
  try {
    return await work();
  } finally {
    // One lost to another process, after this machine slept for example, is that process' to release.
    if (compromised === undefined) await release();
  }
};

const acquire = async (dir: string, options: lockfile.LockOptions): Promise<() => Promise<void>> => {
  for (;;) {
    await mkdir(dir, { recursive: true });
    try {
      return await lockfile.lock(dir, options);
    } catch (error) {
      // Its last holder removed the folder while we waited.
      if (!failedWith(error, "ENOENT")) throw error;
    }
  }
};

const failedWith = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
