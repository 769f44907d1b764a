import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { runCommand } from "./command";
import type { ModuleSource } from "./sources";

/** Milliseconds for a module of some tens of megabytes; with a cold cache and a slow line it takes about a minute. */
const downloadWithin = 180_000;

/**
 * The folder of a module in Go's cache, downloaded where it isn't there, each of its files checked.
 * @throws Error where it can't be had, or isn't what is pinned
 */
export const moduleFolder = async ({ module, version, sum }: ModuleSource, cwd: string): Promise<string> => {
  // With GOWORK off and outside any module, so that nothing here decides what is downloaded.
  const go = (args: readonly string[]) =>
    runCommand("go", args, { cwd, timeout: downloadWithin, env: { GOWORK: "off", GOFLAGS: "-mod=mod" } });
  const { stdout, failure } = await go(["mod", "download", "-json", `${module}@${version}`]);
  // Go fails for a module that wants a newer Go, though it has downloaded it: what its code needs is nothing to a chart.
  const cache = (await go(["env", "GOMODCACHE"])).stdout.trim();
  const folder = join(cache, `${escaped(module)}@${version}`);
  const found = await hashOf(folder, `${module}@${version}`).catch(() => undefined);
  if (found === sum) return folder;
  if (found !== undefined) {
    throw new Error(`${module}@${version} is ${found} and not ${sum}, as pinned: a proxy or cache altered it`);
  }
  throw new Error(failure === undefined || stdout === "" ? (failure ?? `no folder ${folder}`) : errorIn(stdout));
};

/** As Go writes module paths where names may not differ in case alone. @see https://go.dev/ref/mod#goproxy-protocol */
const escaped = (module: string): string => module.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);

const errorIn = (answer: string): string => /"Error": "((?:[^"\\]|\\.)*)"/.exec(answer)?.[1] ?? answer;

/**
 * The hash that go.sum has, of a module's folder.
 * @see https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
 */
export const hashOf = async (folder: string, prefix: string): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: `${prefix}/${relative(folder, path).split(sep).join("/")}` }))
    // By bytes, as Go sorts.
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const summary = createHash("sha256");
  for (const { path, name } of files) {
    const hash = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    summary.update(`${hash}  ${name}\n`);
  }
  return `h1:${summary.digest("base64")}`;
};
