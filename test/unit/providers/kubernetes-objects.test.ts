import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { driftedInputs } from "../../../src/rehearsal/providers/kubernetes/drift";
import { checkFields } from "../../../src/rehearsal/providers/kubernetes/field-check";
import { kindOfType } from "../../../src/rehearsal/providers/kubernetes/kinds";
import { named } from "../../../src/rehearsal/providers/kubernetes/naming";
import { metadataOf } from "../../../src/rehearsal/providers/kubernetes/object";
import { checkRules } from "../../../src/rehearsal/providers/kubernetes/object-rules";
import { readinessOf } from "../../../src/rehearsal/providers/kubernetes/real/readiness";
import { replacingPaths, touches } from "../../../src/rehearsal/providers/kubernetes/replacement";
import { pathText } from "../../../src/rehearsal/providers/property-path";
import { unknown, type Properties } from "../../../src/rehearsal/providers/values";

const deployment = kindOfType("kubernetes:apps/v1:Deployment");

const web = (container: Properties = {}, labels: Properties = { app: "web" }): Properties => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "nginx", ...container }] } },
  },
});

describe("an object's fields", () => {
  it.each([
    [{ imagePullPolcy: "Always" }, "spec.template.spec.containers[0].imagePullPolcy"],
    [{ ports: [{ containerPort: "80" }] }, "spec.template.spec.containers[0].ports[0].containerPort"],
    [{ env: { A: "b" } }, "spec.template.spec.containers[0].env"],
    [{ resources: { requests: { memory: "1 Gi" } } }, "spec.template.spec.containers[0].resources.requests.memory"],
    [{ livenessProbe: { httpGet: { port: true } } }, "spec.template.spec.containers[0].livenessProbe.httpGet.port"],
  ])("are wrong in %j", (container, path) => {
    expect(checkFields(web(container), "V1Deployment").map((failure) => pathText(failure.path))).toEqual([path]);
  });

  it.each([
    {},
    { resources: { limits: { cpu: "500m", memory: "1.5Gi", "nvidia.com/gpu": "1" } } },
    { livenessProbe: { httpGet: { port: "http", path: "/" } }, readinessProbe: { httpGet: { port: 80 } } },
    { image: unknown, ports: unknown, resources: { limits: { cpu: unknown } } },
  ])("are right in %j", (container) => {
    expect(checkFields(web(container), "V1Deployment")).toEqual([]);
  });

  it("are found wherever a stray one is put", () => {
    const places = [
      [],
      ["metadata"],
      ["spec"],
      ["spec", "template"],
      ["spec", "template", "spec"],
      ["spec", "strategy"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.stringMatching(/^x[a-z]{3,12}zz$/), (place, field) => {
        const object = structuredClone({ ...web(), spec: { ...(web().spec as object), strategy: {} } }) as Record<
          string,
          unknown
        >;
        let at = object;
        for (const step of place) at = at[step] as Record<string, unknown>;
        at[field] = "stray";
        expect(checkFields(object as Properties, "V1Deployment").map(({ path }) => path)).toEqual([[...place, field]]);
      }),
    );
  });
});

describe("an object's rules", () => {
  const paths = (object: Properties, type: string): string[] =>
    checkRules(object, kindOfType(type)).map(({ path }) => pathText(path));

  it("want names, labels and selectors that the API server takes", () => {
    expect(paths(web(), "kubernetes:apps/v1:Deployment")).toEqual([]);
    expect(paths({ metadata: { generateName: "web-" } }, "kubernetes:core/v1:Pod")).toContain("metadata.generateName");
    expect(paths({ metadata: { name: "Shop_1" } }, "kubernetes:core/v1:Namespace")).toEqual(["metadata.name"]);
    expect(paths({ metadata: { name: "a.b", labels: { a: "b c" } } }, "kubernetes:core/v1:Service")).toEqual([
      "metadata.name",
      "metadata.labels.a",
    ]);
    expect(paths(web({}, { app: "api" }), "kubernetes:apps/v1:Deployment")).toEqual([
      "spec.template.metadata.labels.app",
    ]);
    expect(
      paths(web({ image: null, volumeMounts: [{ name: "data", mountPath: "/d" }] }), "kubernetes:apps/v1:Deployment"),
    ).toEqual(["spec.template.spec.containers[0].image", "spec.template.spec.containers[0].volumeMounts"]);
  });

  it("leave what is unknown alone", () => {
    expect(paths(web({}, { app: unknown }), "kubernetes:apps/v1:Deployment")).toEqual([]);
    expect(paths({ metadata: { name: unknown } }, "kubernetes:core/v1:Namespace")).toEqual([]);
  });
});

describe("kinds", () => {
  it.each([
    ["kubernetes:core/v1:Pod", "v1", true],
    ["kubernetes:core/v1:Namespace", "v1", false],
    ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "autoscaling/v2", true],
    ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "rbac.authorization.k8s.io/v1", false],
    ["kubernetes:monitoring.coreos.com/v1:ServiceMonitor", "monitoring.coreos.com/v1", undefined],
  ])("%s", (type, apiVersion, namespaced) => {
    expect(kindOfType(type)).toMatchObject({ apiVersion, namespaced });
  });

  it.each([
    "kubernetes:apps/v1:Deplyment",
    "kubernetes:core/v1:PodPatch",
    "kubernetes:core/v1:PodList",
    "kubernetes:helm.sh/v3:Release",
  ])("refuses %s", (type) => {
    expect(() => kindOfType(type)).toThrow(type);
  });
});

describe("names", () => {
  const args = { resource: "Web", urn: "urn:web", seed: new Uint8Array(32), before: undefined };

  it("are chosen from the seed, the same at preview and update, and stay", () => {
    const chosen = named({}, args);
    expect(metadataOf(chosen).name).toMatch(/^web-[0-9a-f]{8}$/);
    expect(named({}, args)).toEqual(chosen);
    const other = new Uint8Array(32).fill(1);
    expect(named({}, { ...args, seed: other })).not.toEqual(chosen);
    expect(named({}, { ...args, seed: other, before: chosen })).toEqual(chosen);
    expect(named({ metadata: { name: "own" } }, args)).toEqual({ metadata: { name: "own" } });
  });
});

describe("replacement", () => {
  const replaces = (type: string, path: (string | number)[], object: Properties = {}, configMaps = false): boolean =>
    touches(path, replacingPaths(kindOfType(type), object, { configMaps, secrets: false }));

  it.each([
    ["kubernetes:apps/v1:Deployment", ["spec", "selector", "matchLabels", "app"], true],
    ["kubernetes:apps/v1:Deployment", ["spec", "replicas"], false],
    ["kubernetes:core/v1:Service", ["spec", "clusterIP"], true],
    ["kubernetes:core/v1:Service", ["spec", "ports", 0, "port"], false],
    ["kubernetes:core/v1:PersistentVolumeClaim", ["spec", "resources", "requests", "storage"], false],
    ["kubernetes:core/v1:PersistentVolumeClaim", ["spec", "storageClassName"], true],
    ["kubernetes:core/v1:Secret", ["stringData", "token"], true],
    ["kubernetes:core/v1:Namespace", ["metadata", "name"], true],
    ["kubernetes:core/v1:Namespace", ["metadata", "labels", "a"], false],
  ])("%s %j", (type, path, expected) => {
    expect(replaces(type, path)).toBe(expected);
  });

  it("of a ConfigMap's data is off where the provider says so, except when it is immutable", () => {
    const type = "kubernetes:core/v1:ConfigMap";
    expect(replaces(type, ["data", "a"])).toBe(true);
    expect(replaces(type, ["data", "a"], {}, true)).toBe(false);
    expect(replaces(type, ["data", "a"], { immutable: true }, true)).toBe(true);
  });
});

describe("drift", () => {
  it("is what differs from what the cluster would make of the inputs, and nothing else", () => {
    const old = { spec: { cpu: "1000m", replicas: 2, list: [{ a: 1 }] } };
    const expected = { spec: { cpu: "1", replicas: 2, list: [{ a: 1, b: 0 }], filled: true } };
    expect(driftedInputs(old, expected, expected)).toEqual(old);
    const live = { spec: { cpu: "1", replicas: 5, list: [{ a: 7, b: 0 }], filled: false } };
    expect(driftedInputs(old, live, expected)).toEqual({ spec: { cpu: "1000m", replicas: 5, list: [{ a: 7 }] } });
    expect(driftedInputs(old, { spec: { cpu: "1" } }, expected)).toEqual({ spec: { cpu: "1000m" } });
  });
});

describe("readiness", () => {
  const rolledOut = (status: Properties, generation = 2): string =>
    readinessOf(deployment, { metadata: { generation }, spec: { replicas: 2 }, status }).state;

  it("of a deployment waits for the controller, the new pods, and the end of the old ones", () => {
    const done = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
    expect(rolledOut(done)).toBe("ready");
    for (const change of [
      { observedGeneration: 1 },
      { updatedReplicas: 1 },
      { availableReplicas: 1 },
      { replicas: 3 },
    ]) {
      expect(rolledOut({ ...done, ...change })).toBe("waiting");
    }
    const stuck = {
      ...done,
      availableReplicas: 0,
      conditions: [{ type: "Progressing", reason: "ProgressDeadlineExceeded" }],
    };
    expect(rolledOut(stuck)).toBe("failed");
  });
});
