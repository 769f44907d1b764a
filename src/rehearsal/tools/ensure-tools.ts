import { constants } from "node:fs";
import { access, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../progress";
import { planBuild, toolCacheDir } from "./cache";
import { tools, type OnPath, type Tool, type ToolName } from "./catalogue";
import { goBuild } from "./go-build";
import { withLock } from "./lock";
import { findOnPath, type Installed } from "./on-path";

/** A tool that can be run, and where it came from. */
export interface ResolvedTool {
  /** Absolute. */
  readonly path: string;
  readonly version: string;
  /** `path`: installed by the user; `cache`: built by an earlier run; `built`: built just now. */
  readonly origin: "path" | "cache" | "built";
}

/**
 * Makes sure that the tools are there, and says which they are: one on PATH where its version is supported, else ours,
 * built from its pinned Go module once and then cached. One after another, since each build uses every core.
 *
 * @throws ToolBuildError where one cannot be built
 */
export const resolveTools = async <N extends ToolName>(
  names: readonly N[],
  progress: Progress,
): Promise<Record<N, ResolvedTool>> => {
  const resolved: Partial<Record<N, ResolvedTool>> = {};
  for (const name of names) resolved[name] = await resolveTool(name, tools[name], progress);
  return resolved as Record<N, ResolvedTool>;
};

/** {@link resolveTools}, for callers that want nothing but the paths. */
export const ensureTools = async <N extends ToolName>(
  names: readonly N[],
  progress: Progress,
): Promise<Record<N, string>> => {
  const resolved = await resolveTools(names, progress);
  return Object.fromEntries(names.map((name) => [name, resolved[name].path])) as Record<N, string>;
};

const resolveTool = async (name: string, tool: Tool, progress: Progress): Promise<ResolvedTool> => {
  const installed = tool.onPath === undefined ? undefined : await findOnPath(name, tool.onPath);
  if (installed?.supported && installed.version !== undefined) {
    progress.phase(name).done(`${installed.version} from PATH (${installed.path})`);
    return { path: installed.path, version: installed.version, origin: "path" };
  }
  if (installed !== undefined && tool.onPath !== undefined) {
    progress.phase(name).done(passedOver(installed, tool.onPath));
  }

  const plan = await planBuild(tool);
  const dir = join(toolCacheDir(), name, plan.key);
  const path = join(dir, name);
  if (await isExecutable(path)) return { path, version: plan.version, origin: "cache" };

  const phase = progress.phase(`Building ${name} ${plan.version} (once)`);
  const origin = await withLock(
    dir,
    () => phase.update("another run is building it; waiting"),
    async () => {
      if (await isExecutable(path)) return "cache" as const;
      await removePartialBuilds(dir);
      const partial = join(dir, `${partialPrefix}${process.pid}`);
      await goBuild(name, tool, plan, partial, phase);
      // The name that others look for appears only with the whole program behind it.
      await rename(partial, path);
      return "built" as const;
    },
  ).catch((error: unknown) => {
    phase.failed();
    throw error;
  });
  phase.done(path);
  return { path, version: plan.version, origin };
};

const passedOver = ({ version, path }: Installed, { supported, reason }: OnPath): string =>
  `${version ?? "of unknown version"} on PATH (${path}) is not used: wanted ${supported}, ${reason}. Ours is.`;

const partialPrefix = ".partial-";

/** What killed runs left; called with the lock held, so that no living one is among them. */
const removePartialBuilds = async (dir: string): Promise<void> => {
  const left = (await readdir(dir)).filter((file) => file.startsWith(partialPrefix));
  await Promise.all(left.map((file) => rm(join(dir, file), { force: true })));
};

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
