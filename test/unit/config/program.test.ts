import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { loadStackConfig } from "../../../src/config/program";
import { read, shipped, type Stack } from "./stack-files";

/** What the engine hands a program: each setting as text, maps as JSON, secrets decrypted and their keys named. */
async function run(stack: Stack, settings: Readonly<Record<string, unknown>> = {}, secretKeys: string[] = []) {
  await pulumi.runtime.setMocks(
    { newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }), call: () => ({}) },
    "holdfast",
    stack,
  );
  const all = Object.entries({ ...shipped(stack).config, ...settings }).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(all) as Record<string, string>, secretKeys);
  return loadStackConfig();
}

describe("the configuration inside a program", () => {
  it("is the same as that of the file alone", async () => {
    const file = read(shipped("production"));
    const { config, secrets } = await run("production");
    expect(config).toEqual(file.ok && file.config);
    expect(secrets).toEqual({});
  });

  it("hands on what is only doubtful, and goes on", async () => {
    const { config, warnings } = await run("staging", { "holdfast:region": "fr-par-2" });
    expect(config).toMatchObject({ region: "fr-par-2" });
    expect(warnings).toMatchObject([{ path: "holdfast:region", found: "fr-par-2" }]);
  });

  it("hands secrets on as secrets", async () => {
    const { secrets } = await run("staging", { "holdfast:secrets": { web: { "api-key": "hunter2" } } }, [
      "holdfast:secrets",
    ]);
    const output = secrets["web"]?.["api-key"];
    if (output === undefined) throw new Error("the secret is not there");
    expect(await pulumi.isSecret(output)).toBe(true);
    const value = await new Promise((resolve) => pulumi.unsecret(output).apply(resolve));
    expect(value).toBe("hunter2");
  });

  it("says all mistakes at once, in an error that Pulumi shows without a stack trace", async () => {
    const broken = run(
      "staging",
      { "holdfast:secrets": { web: { "api-key": "hunter2" } }, "holdfast:regio": "fr-par", "linode:token": "hunter2" },
      ["holdfast:apps"],
    );
    const error: unknown = await broken.catch((e: unknown) => e);
    if (!pulumi.RunError.isInstance(error)) throw new Error("not an error of Pulumi's");
    expect(error.message).toContain("Pulumi.staging.yaml: 4 mistakes");
    for (const path of ["holdfast:secrets ", "holdfast:regio ", "linode:token ", "holdfast:apps "]) {
      expect(error.message).toContain(path);
    }
    expect(error.message).not.toContain("hunter2");
  });

  it.each(['"hunter2"', '{"web":"hunter2"}', '{"web":{"a":{"b":"hunter2"}}}', '{"wbe":{"a":"hunter2"}}', "hunter2"])(
    "refuses secrets of another form, and shows none: %s",
    async (text) => {
      const error: unknown = await run("staging", { "holdfast:secrets": text }, ["holdfast:secrets"]).catch(
        (e: unknown) => e,
      );
      expect(pulumi.RunError.isInstance(error)).toBe(true);
      expect(String(error)).not.toContain("hunter2");
    },
  );
});
