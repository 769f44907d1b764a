import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { beforeAll, describe, expect, it } from "vitest";

import { stackFileSchema } from "../../../src/config/json-schema";
import { repository, set, shipped, shippedText, stacks } from "./stack-files";

describe("the JSON Schema that editors use", () => {
  let valid: (data: unknown) => boolean;
  beforeAll(() => {
    const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
    const validate = ajv.compile(stackFileSchema());
    valid = (data) => validate(data);
  });

  it("is the one in the repository", () => {
    const text = readFileSync(join(repository, "src/config/stack.schema.json"), "utf8");
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(stackFileSchema())));
  });

  it.each(stacks)("is named by %s in its first line, and takes it", (stack) => {
    expect(shippedText(stack).split("\n")[0]).toBe("# yaml-language-server: $schema=./src/config/stack.schema.json");
    expect(valid(shipped(stack))).toBe(true);
  });

  it("takes encrypted secrets, and providers' settings", () => {
    const draft = shipped("production");
    set(draft, ["config", "holdfast:secrets", "web", "api-key"], { secure: "v1:a" });
    set(draft, ["config", "linode:token"], { secure: "v1:a" });
    set(draft, ["config", "pulumi:tags"], { a: "b" });
    set(draft, ["encryptionsalt"], "v1:a");
    expect(valid(draft)).toBe(true);
  });

  it.each<[string, (string | number)[], unknown]>([
    ["a key of ours that is mistyped", ["config", "holdfast:regoin"], "fr-par"],
    ["a setting of nobody", ["config", "lindoe:token"], "x"],
    ["a key beside config that is not Pulumi's", ["confg"], {}],
    ["what cannot be a region", ["config", "holdfast:region"], "Paris (eu-west-3)"],
    ["a service that is not known", ["config", "holdfast:apps", "api-roter"], {}],
    ["a service's key that is mistyped", ["config", "holdfast:apps", "web", "imag"], "x:1"],
    ["a plain secret", ["config", "holdfast:secrets", "web", "api-key"], "hunter2"],
    ["a plain provider token", ["config", "linode:token"], "hunter2"],
    ["a version that YAML takes for a number", ["config", "holdfast:cluster", "kubernetesVersion"], 1.3],
    ["half a node", ["config", "holdfast:nodePools", "gpu", "count"], 1.5],
    ["no replicas", ["config", "holdfast:apps", "web", "replicas", "min"], 0],
    ["a list for a map", ["config", "holdfast:nodePools"], []],
    ["a pool without a plan", ["config", "holdfast:nodePools", "x"], { count: 1 }],
    ["no region", ["config", "holdfast:region"], undefined],
  ])("refuses %s", (_what, path, value) => {
    const draft = shipped("production");
    set(draft, path, value);
    expect(valid(draft)).toBe(false);
  });

  it("describes every setting, and offers the plans", () => {
    const text = JSON.stringify(stackFileSchema());
    expect(text).toContain('"examples":["g6-standard-1"');
    const { properties } = stackFileSchema() as { properties: { config: { properties: Record<string, object> } } };
    const ours = Object.entries(properties.config.properties).filter(([key]) => key.startsWith("holdfast:"));
    for (const [key, schema] of ours)
      expect([key, JSON.stringify(schema)]).toEqual([key, expect.stringContaining("description")]);
  });
});
