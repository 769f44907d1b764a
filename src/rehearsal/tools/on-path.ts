import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import * as semver from "semver";
import type { OnPath } from "./catalogue";

/** An installed program, judged. */
export interface Installed {
  readonly path: string;
  /** As the program reports it; undefined where it reports none that can be read. */
  readonly version: string | undefined;
  readonly supported: boolean;
}

const run = promisify(execFile);

/** Looks for the program on PATH and asks it for its version. Undefined: there is none. */
export const findOnPath = async (
  name: string,
  onPath: OnPath,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Installed | undefined> => {
  const path = await executableOnPath(name, env["PATH"] ?? "");
  if (path === undefined) return undefined;
  const version = await reportedVersion(path, onPath.versionArgs, env);
  return { path, version, supported: isSupported(version, onPath.supported) };
};

/** Pre-releases count as what they are: `3.226.0-dev` comes before 3.226.0, `3.227.0-alpha` after it. */
export const isSupported = (version: string | undefined, range: string): boolean =>
  version !== undefined && semver.satisfies(version, range, { includePrerelease: true });

/** The first version in a program's output, for example `v1.35.4` in "Client Version: v1.35.4". */
export const versionIn = (output: string): string | undefined =>
  /\bv?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?/.exec(output)?.[0];

const executableOnPath = async (name: string, path: string): Promise<string | undefined> => {
  // A relative entry would make what runs depend on the folder that it is run from.
  for (const dir of path.split(delimiter).filter(isAbsolute)) {
    const candidate = join(dir, name);
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  return undefined;
};

const reportedVersion = async (path: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
  try {
    const { stdout } = await run(path, [...args], {
      timeout: 15_000,
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    return versionIn(stdout);
  } catch {
    // One that cannot even say its version is not used; the caller says so, and builds ours.
    return undefined;
  }
};
