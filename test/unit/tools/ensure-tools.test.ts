import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { silent, type Progress } from "../../../src/rehearsal/progress";
import { ensureTools, resolveTools, ToolBuildError } from "../../../src/rehearsal/tools";

/** Stands in for Go: what `list` and `build` print and do, each call noted. */
const stubGo = `#!/bin/sh
echo "$1" >> "$STUB_GO/calls"
if [ "$1" = list ]; then echo a; echo b; exit 0; fi
[ -e "$STUB_GO/broken" ] && { echo "main.go:1: broken" >&2; exit 1; }
while [ "$1" != -o ]; do shift; done
echo a >&2
printf '#!/bin/sh\\n' > "$2" && chmod +x "$2"
`;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "ensure-tools-"));
  await mkdir(join(dir, "bin"));
  await writeFile(join(dir, "bin", "go"), stubGo, { mode: 0o755 });
  vi.stubEnv("HOLDFAST_CACHE", join(dir, "cache"));
  vi.stubEnv("STUB_GO", dir);
  vi.stubEnv("PATH", `${join(dir, "bin")}:/usr/bin:/bin`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

const builds = async () =>
  (await readFile(join(dir, "calls"), "utf8")).split("\n").filter((line) => line === "build").length;
const resolve = async (progress: Progress = silent) => (await resolveTools(["actionlint"], progress)).actionlint;

it("builds a tool once, and finds it from then on, also without Go", async () => {
  const built = await resolve();
  expect(built).toMatchObject({ origin: "built", version: "v1.7.12" });
  vi.stubEnv("PATH", "");
  expect(await resolve()).toEqual({ ...built, origin: "cache" });
  expect(await ensureTools(["actionlint"], silent)).toEqual({ actionlint: built.path });
});

it("builds once where two runs start at once", async () => {
  const origins = (await Promise.all([resolve(), resolve()])).map(({ origin }) => origin);
  expect(origins.sort()).toEqual(["built", "cache"]);
  expect(await builds()).toBe(1);
});

it("takes over from a run that was killed, and clears what it left", async () => {
  const { path } = await resolve();
  await rm(path);
  const lock = join(dirname(path), ".lock");
  await mkdir(lock);
  await utimes(lock, new Date(0), new Date(0));
  await writeFile(join(dirname(path), ".partial-1"), "half a program");
  expect(await resolve()).toMatchObject({ origin: "built", path });
  expect(await readdir(dirname(path))).toEqual(["actionlint"]);
});

it("leaves nothing that looks built when a build fails, and builds at the next try", async () => {
  await writeFile(join(dir, "broken"), "");
  const phases: string[] = [];
  const progress: Progress = {
    phase: (title) => ({
      update: () => undefined,
      done: () => phases.push(`${title}: done`),
      failed: () => phases.push(`${title}: failed`),
    }),
  };
  await expect(resolve(progress)).rejects.toThrow(/actionlint could not be built[^]*main\.go:1: broken/);
  expect(phases).toEqual(["Building actionlint v1.7.12 (once): failed"]);
  await rm(join(dir, "broken"));
  expect(await resolve()).toMatchObject({ origin: "built" });
});

it("says that Go is missing where it is", async () => {
  vi.stubEnv("PATH", dir);
  await expect(resolve()).rejects.toThrow(ToolBuildError);
  await expect(resolve()).rejects.toThrow("There is no `go` on PATH");
});

it("uses an installed pulumi in the supported range, and says so", async () => {
  const path = join(dir, "bin", "pulumi");
  await writeFile(path, "#!/bin/sh\necho v3.240.0\n", { mode: 0o755 });
  const said: string[] = [];
  const progress: Progress = {
    phase: (title) => ({
      update: () => undefined,
      done: (detail) => said.push(`${title} ${detail ?? ""}`),
      failed: () => undefined,
    }),
  };
  expect((await resolveTools(["pulumi"], progress)).pulumi).toEqual({ path, version: "v3.240.0", origin: "path" });
  expect(said).toEqual([`pulumi v3.240.0 from PATH (${path})`]);
});

it("builds ours where the installed pulumi is too old, and says why", async () => {
  await writeFile(join(dir, "bin", "pulumi"), "#!/bin/sh\necho v3.100.0\n", { mode: 0o755 });
  const said: string[] = [];
  const progress: Progress = {
    phase: () => ({ update: () => undefined, done: (detail) => said.push(detail ?? ""), failed: () => undefined }),
  };
  expect((await resolveTools(["pulumi"], progress)).pulumi.origin).toBe("built");
  expect(said[0]).toMatch(/^v3\.100\.0 on PATH .* is not used: wanted >=3\.226\.0 <4/);
});
