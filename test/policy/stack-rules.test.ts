import { describe, expect, it } from "vitest";
import { unknownValue } from "./broken-pods";
import { inStack, stackReportsOf } from "./support/judge-resource";

const namespace = inStack("kubernetes:core/v1:Namespace", "data", { metadata: { name: "data" } });
const other = inStack("kubernetes:core/v1:Namespace", "web", { metadata: { name: "web" } });
const inData = { namespace: "data" };

const quota = (metadata: object, from = [] as Parameters<typeof inStack>[3]) =>
  inStack("kubernetes:core/v1:ResourceQuota", "quota", { metadata }, from);

const policy = (spec: unknown, metadata: object = inData) =>
  inStack("kubernetes:networking.k8s.io/v1:NetworkPolicy", "policy", { metadata, spec });

describe("require-namespace-quota", () => {
  const judged = (...resources: Parameters<typeof stackReportsOf>[1]) =>
    stackReportsOf("require-namespace-quota", resources);
  const missing =
    "mandatory: Namespace data   ResourceQuota\nfound none in this stack, wanted one: one namespace could take the whole cluster.";

  it("wants one in each namespace of the stack, by name", () => {
    expect(judged(namespace)).toEqual([missing]);
    expect(judged(namespace, quota(inData))).toEqual([]);
    expect(judged(namespace, quota({ namespace: "web" }))).toEqual([missing]);
    expect(judged(namespace, other, quota({ namespace: "web" }))).toEqual([missing]);
    expect(judged(namespace, quota({}))).toEqual([missing]);
  });

  it("goes by what a quota was made from where its namespace's name is unknown", () => {
    const unnamed = inStack("kubernetes:core/v1:Namespace", "data", { metadata: { name: unknownValue } });
    expect(judged(unnamed, quota({ namespace: unknownValue }, [unnamed]))).toEqual([]);
    expect(judged(namespace, other, quota({ namespace: unknownValue }, [other]))).toEqual([missing]);
  });

  it("advises where neither tells", () => {
    expect(judged(namespace, quota({ namespace: unknownValue }))).toEqual([
      expect.stringMatching(
        /^advisory: Namespace data {3}ResourceQuota\ncannot be decided before the update: ResourceQuota/,
      ),
    ]);
  });
});

describe("require-namespace-limit-range", () => {
  it("takes a limit range, and not a quota, for one", () => {
    const limitRange = inStack("kubernetes:core/v1:LimitRange", "limits", { metadata: inData });
    expect(stackReportsOf("require-namespace-limit-range", [namespace, limitRange])).toEqual([]);
    expect(stackReportsOf("require-namespace-limit-range", [namespace, quota(inData)])).toHaveLength(1);
  });
});

describe("require-default-deny", () => {
  const directions = (...resources: Parameters<typeof stackReportsOf>[1]) =>
    stackReportsOf("require-default-deny", [namespace, ...resources]).map((report) =>
      /^(\w+).*\((\w+)\)/.exec(report)?.slice(1).join(" "),
    );
  const both = ["mandatory Ingress", "mandatory Egress"];
  const denyAll = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

  it("wants both directions closed, by one policy or by two", () => {
    expect(directions()).toEqual(both);
    expect(directions(policy(denyAll))).toEqual([]);
    expect(directions(policy({ ...denyAll, ingress: [], egress: [] }))).toEqual([]);
    expect(directions(policy({ podSelector: {} }), policy({ podSelector: {}, policyTypes: ["Egress"] }))).toEqual([]);
  });

  it("takes no policy that leaves pods out, lets something through or lies elsewhere", () => {
    expect(directions(policy({ ...denyAll, podSelector: { matchLabels: { app: "web" } } }))).toEqual(both);
    expect(directions(policy({ ...denyAll, podSelector: { matchExpressions: [{ key: "app" }] } }))).toEqual(both);
    expect(directions(policy({ ...denyAll, ingress: [{}] }))).toEqual(["mandatory Ingress"]);
    expect(directions(policy({ ...denyAll, egress: [{ ports: [{ port: 53 }] }] }))).toEqual(["mandatory Egress"]);
    expect(directions(policy({ podSelector: {} }))).toEqual(["mandatory Egress"]);
    expect(directions(policy(denyAll, { namespace: "web" }))).toEqual(both);
  });

  it("advises where a policy that may close it is unknown", () => {
    expect(directions(policy({ ...denyAll, egress: unknownValue }))).toEqual(["advisory Egress"]);
    expect(directions(policy(unknownValue))).toEqual(["advisory Ingress", "advisory Egress"]);
  });
});

describe("name-unknown-namespaces", () => {
  const configMap = (name: string, from: Parameters<typeof inStack>[3] = []) =>
    inStack("kubernetes:core/v1:ConfigMap", name, { metadata: { name, namespace: unknownValue } }, from);

  it("names them together, and only those that come from no namespace of the stack", () => {
    expect(stackReportsOf("name-unknown-namespaces", [namespace, configMap("a", [namespace]), quota(inData)])).toEqual(
      [],
    );
    expect(stackReportsOf("name-unknown-namespaces", [namespace, configMap("a"), configMap("b")])).toEqual([
      expect.stringMatching(/^advisory: ConfigMap a, ConfigMap b {3}metadata\.namespace\ncannot be decided/),
    ]);
  });
});
