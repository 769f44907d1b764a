import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { NvidiaDevicePlugin } from "../../components/gpu";
import { exemptionMistakes } from "../../policies/core/check-exemptions";
import { Exemptions, type Exemption } from "../../policies/core/exemption";
import { judgeResource, judgeStack } from "../../policies/core/evaluate";
import { objectsOf } from "../../policies/core/kubernetes-object";
import type { Rule } from "../../policies/core/rule";
import { StackView, type StackResource } from "../../policies/core/stack-view";
import { exemptions } from "../../policies/exemptions";
import { rules } from "../../policies/rules";
import { forbidUnusedExemptions } from "../../policies/visibility/unused-exemptions";
import { unknownValue } from "./broken-pods";
import { runEngine } from "./support/engine";
import { inStack, resource } from "./support/judge-resource";
import { goodImage, program, web } from "./support/programs";

const privileged: Exemption = {
  rule: "forbid-privileged",
  resource: { kind: "Deployment", namespace: "frontend", name: "web" },
  reason: "a test",
  owner: "tests",
  expires: "2027-03-31",
};
const today = new Date("2026-11-21T15:00:00Z");

const ruleCalled = (wanted: string): Rule => {
  const rule = rules.find(({ name }) => name === wanted);
  if (rule === undefined) throw new Error(`no rule ${wanted}`);
  return rule;
};

const deployment = (metadata: object, isPrivileged = true) => ({
  metadata,
  spec: {
    template: { spec: { containers: [{ name: "main", securityContext: { privileged: isPrivileged } }] } },
  },
});

describe("an exemption", () => {
  const violations = (metadata: object, kind = "Deployment"): number => {
    const rule = ruleCalled("forbid-privileged");
    if (rule.scope === "stack") throw new Error("a rule over the stack");
    const objects = objectsOf(resource(`kubernetes:apps/v1:${kind}`, deployment(metadata)));
    return judgeResource(rule, objects, {}, new Exemptions([privileged])).length;
  };

  it("lets its own object break its rule", () => {
    expect(violations({ name: "web", namespace: "frontend" })).toBe(0);
  });

  it.each([
    ["another name", { name: "web-2", namespace: "frontend" }, "Deployment"],
    ["another namespace", { name: "web", namespace: "services" }, "Deployment"],
    ["no namespace", { name: "web" }, "Deployment"],
    ["another kind", { name: "web", namespace: "frontend" }, "StatefulSet"],
    ["a namespace that is not known yet", { name: "web", namespace: unknownValue }, "Deployment"],
    ["a name that the cluster gives", { namespace: "frontend" }, "Deployment"],
  ])("does not reach an object of %s", (_, metadata, kind) => {
    expect(violations(metadata, kind)).toBe(1);
  });

  it("does not reach another rule", () => {
    const rule = ruleCalled("forbid-privilege-escalation");
    if (rule.scope === "stack") throw new Error("a rule over the stack");
    const objects = objectsOf(
      resource("kubernetes:apps/v1:Deployment", deployment({ name: "web", namespace: "frontend" })),
    );
    expect(judgeResource(rule, objects, {}, new Exemptions([privileged]))).toHaveLength(1);
  });

  it("holds for rules over the whole stack too, for its own object alone", () => {
    const rule = ruleCalled("require-namespace-quota");
    if (rule.scope !== "stack") throw new Error("a rule over one resource");
    const exempt = new Exemptions([{ ...privileged, rule: rule.name, resource: { kind: "Namespace", name: "data" } }]);
    const namespace = (name: string) => inStack("kubernetes:core/v1:Namespace", name, { metadata: { name } });
    const reports = judgeStack(rule, new StackView(["data", "ops"].map(namespace)), {}, exempt);
    expect(reports.map(({ urn }) => urn)).toEqual([namespace("ops").urn]);
  });
});

describe("exemptions are refused", () => {
  const mistakes = (change: Partial<Exemption>) => exemptionMistakes([{ ...privileged, ...change }], rules, today);
  const at = "forbid-privileged for Deployment web in frontend: ";
  const inPlaceOf = (change: Partial<Exemption["resource"]>) =>
    mistakes({ resource: { ...privileged.resource, ...change } });

  it("not where all is well, up to the last day", () => {
    expect(mistakes({})).toEqual([]);
    expect(mistakes({ expires: "2026-11-21" })).toEqual([]);
    expect(mistakes({ expires: "2027-11-22" })).toEqual([]);
  });

  it("from the day after the last", () => {
    expect(mistakes({ expires: "2026-11-20" })).toEqual([
      `${at}it expired on 2026-11-20. Meet the rule, or look at the reason anew and give another day.`,
    ]);
  });

  it("more than a year ahead, which is no expiry", () => {
    expect(mistakes({ expires: "2027-11-23" })).toEqual([
      `${at}expires is 367 days ahead; at most 366 are allowed. Give a day within a year.`,
    ]);
  });

  it.each(["soon", "2027-02-30", "2027-3-1", ""])("with a day that is none: %j", (expires) => {
    expect(mistakes({ expires })).toEqual([`${at}expires is "${expires}"; write a day as 2027-10-31.`]);
  });

  it("from a rule that there isn't", () => {
    expect(mistakes({ rule: "forbid-privilege" })).toEqual([
      'forbid-privilege for Deployment web in frontend: no rule is called "forbid-privilege"; policies/README.md names them all. Take the exemption away if its rule is gone.',
    ]);
  });

  it.each([
    [{ kind: "*" }, 'resource.kind is "*"'],
    [{ namespace: "*" }, 'resource.namespace is "*"'],
    [{ namespace: "" }, 'resource.namespace is ""'],
    [{ name: "web-*" }, 'resource.name is "web-*"'],
    [{ name: ".*" }, 'resource.name is ".*"'],
    [{ name: "" }, 'resource.name is ""'],
  ])("for more than one object: %j", (change, said) => {
    expect(inPlaceOf(change).join()).toContain(
      `it is too broad: ${said}. Name one object exactly, and add an exemption for each.`,
    );
  });

  it.each(["reason", "owner"] as const)("without a word of %s", (key) => {
    expect(mistakes({ [key]: " " })).toEqual([`${at}${key} is empty; say it, for whoever has to renew the exemption.`]);
  });

  it("when listed twice", () => {
    expect(exemptionMistakes([privileged, privileged], rules, today)).toEqual([
      `${at}it is listed twice; take one away.`,
    ]);
  });
});

describe("an exemption that nobody needs", () => {
  const unused = (resources: readonly StackResource[]) =>
    judgeStack(forbidUnusedExemptions([privileged], rules), new StackView(resources), {});
  const named = (isPrivileged: unknown) =>
    inStack(
      "kubernetes:apps/v1:Deployment",
      "web",
      deployment({ name: "web", namespace: "frontend" }, isPrivileged as boolean),
    );

  it("is reported where its object meets the rule", () => {
    const [report, ...others] = unused([named(false)]);
    expect(others).toEqual([]);
    expect(report).toMatchObject({ advisory: false, urn: named(false).urn });
    expect(report?.message).toContain("Deployment web in frontend   exemption from forbid-privileged");
  });

  it("is not where the object needs it, may need it, or isn't there", () => {
    expect(unused([named(true)])).toEqual([]);
    expect(unused([named(unknownValue)])).toEqual([]);
    expect(unused([])).toEqual([]);
  });
});

describe("the pack's own exemptions", () => {
  it("hold on the day on which they were written, each from a rule of the pack", () => {
    expect(exemptionMistakes(exemptions, rules, today)).toEqual([]);
  });

  it("are just what the device plugin needs, in production as well", async () => {
    const run = await runEngine(
      program(() => {
        const provider = new k8s.Provider("kubernetes", { kubeconfig: "{}" });
        return new NvidiaDevicePlugin("gpu", { environment: "production" }, { provider });
      }),
      { operation: "up", stack: "production" },
    );
    expect([run.succeeded, run.policies], run.output).toEqual([true, []]);
    expect(run.created).toContain("gpu");
  });

  it("stop a run before anything is made when one has expired, and say which", async () => {
    const pack = join(__dirname, "packs", "expired");
    const run = await runEngine(
      program(() => web({ image: goodImage })),
      { pack, operation: "up" },
    );
    expect([run.succeeded, run.created]).toEqual([false, []]);
    expect(run.output).toContain("forbid-privileged for Deployment web in frontend: it expired on 2020-01-31.");
  });
});
