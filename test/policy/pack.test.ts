import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { policiesOf } from "../../policies/core/pack";
import { mandatory, type ObjectRule } from "../../policies/core/rule";
import { documentRules } from "../../policies/docs";
import { exemptions } from "../../policies/exemptions";
import { rules } from "../../policies/rules";

const rule = (name: string, judge: ObjectRule["judge"], settings?: ObjectRule["settings"]): ObjectRule => ({
  name,
  scope: "object",
  group: "visibility",
  title: "A title",
  why: "something could happen",
  severity: "low",
  fix: "do otherwise",
  link: "https://example.com/",
  enforcement: mandatory,
  judge,
  ...(settings === undefined ? {} : { settings }),
});

/** Refuses what carries its name as a label. */
const labelled = (name: string): ObjectRule =>
  rule(name, ({ metadata }, judge) => judge.allow(metadata.get("labels", name), () => false, "nothing"));

/** Properties as the SDK hands them out, taken to the extreme: it throws on each read that meets an unknown value. */
const throwingProxy = (props: object): object =>
  new Proxy(props, {
    get: () => {
      throw new Error("read through the SDK's proxy");
    },
  });

const args = (labels: object, config: object = {}): ResourceValidationArgs =>
  ({
    type: "kubernetes:core/v1:ConfigMap",
    name: "settings",
    urn: "urn:pulumi:production::policies::kubernetes:core/v1:ConfigMap::settings",
    props: throwingProxy({ metadata: { labels } }),
    getConfig: () => config,
  }) as unknown as ResourceValidationArgs;

/** The rules' policies are one function each, which the SDK's type leaves open. */
type SyncPolicy = Pick<ResourceValidationPolicy, "name"> & {
  readonly validateResource: (args: ResourceValidationArgs, report: () => void) => void;
};

/** Walks the list as the SDK does for one resource, and says which policies ran and what they reported. */
const walk = (policies: Iterable<unknown>, given: ResourceValidationArgs, disabled: readonly string[] = []) => {
  const ran: string[] = [];
  const reported: string[] = [];
  for (const policy of policies as Iterable<SyncPolicy>) {
    if (disabled.includes(policy.name)) continue;
    ran.push(policy.name);
    policy.validateResource(given, () => reported.push(policy.name));
  }
  return { ran, reported };
};

describe("the list of policies", () => {
  const three = ["a", "b", "c"].map(labelled);

  it("runs the first rule, and then those that have something to say", () => {
    const policies = policiesOf(three);
    expect(walk(policies, args({ c: 1 }))).toEqual({ ran: ["a", "c"], reported: ["c"] });
    expect(walk(policies, args({}))).toEqual({ ran: ["a"], reported: [] });
    expect(walk(policies, args({ a: 1, b: 1, c: 1 })).reported).toEqual(["a", "b", "c"]);
  });

  it("says the same when rules are turned off, the first too", () => {
    expect(walk(policiesOf(three), args({ a: 1, b: 1, c: 1 }), ["a"])).toEqual({
      ran: ["b", "c"],
      reported: ["b", "c"],
    });
  });

  it("keeps apart two resources that it is asked about at once", () => {
    const policies = policiesOf(three);
    const first = policies[Symbol.iterator]();
    const second = policies[Symbol.iterator]();
    const run = (walking: typeof first, given: ResourceValidationArgs) => {
      const policy = walking.next().value as SyncPolicy;
      policy.validateResource(given, () => undefined);
      return policy.name;
    };
    expect([run(first, args({ b: 1 })), run(second, args({ c: 1 }))]).toEqual(["a", "a"]);
    expect([run(first, args({ b: 1 })), run(second, args({ c: 1 }))]).toEqual(["b", "c"]);
  });

  it("is complete for whoever takes its elements one by one", () => {
    const policies = policiesOf(three);
    const everyOne = Array.from({ length: policies.length }, (_, index) => policies[index]);
    expect(walk(everyOne, args({ b: 1 }))).toEqual({ ran: ["a", "b", "c"], reported: ["b"] });
    expect(walk(everyOne, args({ c: 1 })).reported).toEqual(["c"]);
  });

  it("gives a rule the settings that the engine was configured with", () => {
    const settings = { properties: { label: { type: "string" as const, default: "x" } } };
    const configurable = rule(
      "b",
      ({ metadata }, judge, { label }) => judge.allow(metadata.get("labels", String(label)), () => false, "nothing"),
      settings,
    );
    expect(walk(policiesOf([labelled("a"), configurable]), args({ y: 1 }, { label: "y" })).reported).toEqual(["b"]);
    expect(walk(policiesOf([labelled("a"), configurable]), args({ x: 1 })).reported).toEqual(["b"]);
    expect(walk(policiesOf([labelled("a"), configurable]), args({ y: 1 })).reported).toEqual([]);
  });

  it("lets a rule that throws run, so that the engine tells its name", () => {
    const broken = rule("broken", () => {
      throw new Error("a fault in the rule");
    });
    expect(() => walk(policiesOf([labelled("a"), broken]), args({}))).toThrow("a fault in the rule");
  });
});

describe("the rules", () => {
  it("have names of their own", () => expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length));

  it("are documented as they are: run `npm run policy-docs`", () => {
    const readme = readFileSync(join(__dirname, "..", "..", "policies", "README.md"), "utf8");
    expect(readme).toBe(documentRules(rules, exemptions));
  });
});
