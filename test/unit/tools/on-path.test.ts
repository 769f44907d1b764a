import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tools } from "../../../src/rehearsal/tools/catalogue";
import { findOnPath, isSupported, versionIn } from "../../../src/rehearsal/tools/on-path";

describe("the supported range of an installed pulumi", () => {
  const { supported } = tools.pulumi.onPath;

  it.each(["3.226.0", "v3.226.0", "v3.300.1", "3.227.0-alpha.1"])("has %s in it", (version) => {
    expect(isSupported(version, supported)).toBe(true);
  });

  it.each(["3.225.9", "3.226.0-dev.5", "4.0.0", "4.0.0-alpha.1", undefined])("leaves %s out", (version) => {
    expect(isSupported(version, supported)).toBe(false);
  });
});

it("accepts a kubectl one minor away from the API server, and none further", () => {
  const accepted = ["v1.33.9", "v1.34.0", "v1.35.4", "v1.36.2", "v1.37.0"].filter((version) =>
    isSupported(version, tools.kubectl.onPath.supported),
  );
  expect(accepted).toEqual(["v1.34.0", "v1.35.4", "v1.36.2"]);
});

it.each([
  ["v3.226.0\n", "v3.226.0"],
  ["Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0\n", "v1.32.4-dispatcher"],
  ["Client Version: v1.35.2+k3s1", "v1.35.2+k3s1"],
  ["no version here", undefined],
])("reads the version of %j", (output, version) => {
  expect(versionIn(output)).toBe(version);
});

describe("a program on PATH", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "on-path-"));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const install = (script: string, mode = 0o755) => writeFile(join(dir, "pulumi"), `#!/bin/sh\n${script}\n`, { mode });
  const find = () => findOnPath("pulumi", tools.pulumi.onPath, { PATH: dir });

  it("is found with the version that it reports", async () => {
    await install('[ "$1" = version ] && echo v3.230.0');
    expect(await find()).toEqual({ path: join(dir, "pulumi"), version: "v3.230.0", supported: true });
  });

  it("is not used where it cannot say its version", async () => {
    await install("exit 1");
    expect(await find()).toEqual({ path: join(dir, "pulumi"), version: undefined, supported: false });
  });

  it("is not there where the file cannot be executed", async () => {
    await install("echo v3.230.0", 0o644);
    expect(await find()).toBeUndefined();
  });

  it("is not looked for in a relative folder, which differs by where one stands", async () => {
    await install("echo v3.230.0");
    expect(await findOnPath("pulumi", tools.pulumi.onPath, { PATH: relative(process.cwd(), dir) })).toBeUndefined();
  });
});
