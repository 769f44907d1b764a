import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Tool } from "./catalogue";

/** Everything that decides what bytes a build yields: the pinned modules, the linker's flags, the platform. */
export interface BuildPlan {
  /** The pinned module's version, with its `v`. */
  readonly version: string;
  readonly ldflags: string;
  readonly platform: Platform;
  /** Names this build among all others: the version for people, a hash for the rest. */
  readonly key: string;
}

/** In Go's own terms. */
export interface Platform {
  readonly goos: string;
  readonly goarch: string;
}

/** What is fetched or built once: outside the repository, so that clones share it and `git clean` spares it. */
export const cacheDir = (env: NodeJS.ProcessEnv = process.env): string =>
  env["HOLDFAST_CACHE"] || join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "holdfast");

/** Where built tools are kept. */
export const toolCacheDir = (env: NodeJS.ProcessEnv = process.env): string => join(cacheDir(env), "tools");

/** Reads what pins the tool, and says what a build of it on this machine is called. */
export const planBuild = async (tool: Tool, platform: Platform = hostPlatform()): Promise<BuildPlan> => {
  const [goMod, goSum] = await Promise.all(
    ["go.mod", "go.sum"].map((file) => readFile(join(tool.moduleDir, file), "utf8")),
  );
  return planFrom(tool, { goMod: goMod ?? "", goSum: goSum ?? "" }, platform);
};

export const planFrom = (
  tool: Tool,
  pins: { readonly goMod: string; readonly goSum: string },
  platform: Platform,
): BuildPlan => {
  const version = requiredVersion(pins.goMod, tool.module, tool.moduleDir);
  const variables = Object.entries(tool.versionVariables(version)).map(([name, value]) => `-X ${name}=${value}`);
  const ldflags = ["-s", "-w", ...variables].join(" ");
  const hash = createHash("sha256")
    .update(JSON.stringify([tool.package, pins.goMod, pins.goSum, ldflags, platform.goos, platform.goarch]))
    .digest("hex")
    .slice(0, 16);
  return { version, ldflags, platform, key: `${version}-${hash}` };
};

/** The version at which a go.mod requires a module. */
const requiredVersion = (goMod: string, module: string, dir: string): string => {
  const version = goMod
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^require\s+/, "")
        .split(/\s+/),
    )
    .find(([path]) => path === module)?.[1];
  if (version === undefined) {
    throw new Error(`${join(dir, "go.mod")} does not require ${module}. Run: cd ${dir} && go get ${module}@<version>`);
  }
  return version;
};

const hostPlatform = (): Platform => ({
  goos: process.platform === "win32" ? "windows" : process.platform,
  goarch: { x64: "amd64", ia32: "386" }[process.arch as string] ?? process.arch,
});
