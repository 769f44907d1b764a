import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { repository } from "./stack-files";

function config(...args: string[]) {
  const entry = join(repository, "src/cli/index.ts");
  return spawnSync(process.execPath, ["--require", "tsx/cjs", entry, "config", ...args], {
    cwd: repository,
    encoding: "utf8",
  });
}

describe("npm run config", () => {
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
