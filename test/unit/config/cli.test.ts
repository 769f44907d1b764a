import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { repository, shippedText } from "./stack-files";

function config(...args: string[]) {
  const entry = join(repository, "src/cli/index.ts");
  return spawnSync(process.execPath, ["--require", "tsx/cjs", entry, "config", ...args], {
    cwd: repository,
    encoding: "utf8",
  });
}

// Each of them starts a process or two, which on a busy machine takes seconds.
describe("npm run config", { timeout: 60_000 }, () => {
  it("checks one stack, or all of them", () => {
    expect(config("--stack", "staging")).toMatchObject({ status: 0, stdout: "Pulumi.staging.yaml: no mistakes\n" });
    expect(config().stdout).toBe(
      ["development", "production", "staging"].map((stack) => `Pulumi.${stack}.yaml: no mistakes\n`).join(""),
    );
  });

  it("prints the resolved configuration", () => {
    const printed = parse(config("--stack", "production", "--print").stdout) as Record<string, unknown>;
    expect(printed).toMatchObject({ environment: "production", cluster: { kind: "own" }, secrets: {} });
  });

  it("prints what is only doubtful, and succeeds", () => {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-config-"));
    try {
      const file = join(folder, "Pulumi.staging.yaml");
      writeFileSync(file, shippedText("staging").replace("region: fr-par", "region: fr-par-2"));
      const { status, stdout, stderr } = config("--file", file);
      expect({ status, stdout }).toEqual({ status: 0, stdout: `${file}: no mistakes\n` });
      expect(stderr).toContain("1 warning\n");
      expect(stderr).toContain("as of 2026-11-21");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("fails with the report, and names the stacks that there are", () => {
    const { status, stderr } = config("--stack", "prodution");
    expect(status).toBe(1);
    expect(stderr).toContain("Did you mean production? Known: development, production, staging.");
  });

  it("loads neither Pulumi nor Kubernetes, so that it answers at once", () => {
    const script = `require("./src/cli/config").configCommand().parse(["--stack", "staging"], { from: "user" });
      console.log(Object.keys(require.cache).filter((f) => /@pulumi|@kubernetes|@grpc/.test(f)).length);`;
    const { stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", script], {
      cwd: repository,
      encoding: "utf8",
    });
    expect(stdout).toBe("Pulumi.staging.yaml: no mistakes\n0\n");
  });
});
