import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { silent } from "../../src/rehearsal/progress";
import { runCommand } from "../../src/rehearsal/charts/command";
import { ensureTools, toolCacheDir } from "../../src/rehearsal/tools";

/** A chart of a test's own: files by path, Chart.yaml aside. */
export interface TestChart {
  readonly name: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A cache (`HOLDFAST_CACHE`) in this folder, with the tools of the usual one, and these charts packed as a user would put
 * them there.
 */
export const cacheWith = async (folder: string, charts: readonly TestChart[]): Promise<string> => {
  const tools = toolCacheDir();
  const { helm } = await ensureTools(["helm"], silent);
  const cache = join(folder, "cache");
  mkdirSync(join(cache, "charts"), { recursive: true });
  symlinkSync(tools, join(cache, "tools"));
  for (const { name, version, files } of charts) {
    const source = join(folder, "sources", `${name}-${version}`, name);
    const all = { "Chart.yaml": `apiVersion: v2\nname: ${name}\nversion: ${version}\n`, ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), text);
    }
    const args = ["package", source, "--destination", join(cache, "charts")];
    const { failure } = await runCommand(helm, args, { cwd: folder, timeout: 60_000 });
    if (failure !== undefined) throw new Error(failure);
  }
  return cache;
};
