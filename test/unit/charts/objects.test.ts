import { describe, expect, it } from "vitest";
import { chartObjects } from "../../../components/charts/objects";
import { renderFailure } from "../../../components/charts/render";
import { noCluster, templateOptions } from "../../../components/charts/template-call";

const configMap = (name: string, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, ...metadata },
});
const named = (objects: readonly unknown[]) => chartObjects("c", "here", objects).map(({ name }) => name);

describe("a chart's objects", () => {
  it("are told apart by namespace, and have the type tokens of the SDK's own classes", () => {
    const role = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: { name: "r", namespace: "there" },
    };
    const found = chartObjects("c", "here", [configMap("a", { namespace: "here" }), role]);
    expect(found.map(({ name, type }) => `${type} ${name}`)).toEqual([
      "kubernetes:core/v1:ConfigMap c/a",
      "kubernetes:rbac.authorization.k8s.io/v1:Role c/there/r",
    ]);
  });

  it("come out of lists", () => {
    expect(named([{ apiVersion: "v1", kind: "List", items: [configMap("a"), configMap("b")] }])).toEqual([
      "c/a",
      "c/b",
    ]);
  });

  it("are whole where they have items and are no list", () => {
    const menu = { apiVersion: "example.com/v1", kind: "Menu", metadata: { name: "m" }, items: ["soup"] };
    expect(named([menu])).toEqual(["c/m"]);
  });

  it.each([
    ["apiextensions.k8s.io/v1", "CustomResourceDefinition", "definitions"],
    ["v1", "Namespace", "definitions"],
    ["v1", "Service", "objects"],
    ["admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "callbacks"],
    ["admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "callbacks"],
    ["apiregistration.k8s.io/v1", "APIService", "callbacks"],
  ])("of %s %s are made among the %s", (apiVersion, kind, wave) => {
    expect(chartObjects("c", "here", [{ apiVersion, kind, metadata: { name: "x" } }])[0]?.wave).toBe(wave);
  });

  it("are made of install hooks, without the annotations, and not of hooks that run at deletion or as tests", () => {
    const hook = (event: string) => ({
      annotations: { "helm.sh/hook": event, "helm.sh/hook-weight": "1", kept: "yes" },
    });
    const objects = [
      configMap("install", hook("pre-install")),
      configMap("upgrade", hook("post-delete, post-upgrade")),
      configMap("definition", hook("crd-install")),
      configMap("deletion", hook("post-delete")),
      configMap("check", hook("test")),
    ];
    expect(named(objects)).toEqual(["c/install", "c/upgrade", "c/definition"]);
    expect(chartObjects("c", "here", objects)[0]?.object.metadata.annotations).toEqual({ kept: "yes" });
  });

  it("are refused where they are none", () => {
    expect(() => named([{ kind: "ConfigMap" }])).toThrow("no Kubernetes object");
  });
});

const rendering = {
  chart: { name: "loki", repository: "https://charts.example", version: "6.1.0" },
  namespace: "logs",
  releaseName: "loki",
  kubernetesVersion: "1.35",
  values: { replicas: 2 },
};

it("names classic repositories and OCI addresses as the provider wants them", () => {
  expect(JSON.parse(templateOptions(rendering))).toMatchObject({
    chart: "loki",
    fetch_opts: { repo: "https://charts.example" },
    skip_crd_rendering: false,
    kube_version: "1.35",
    namespace: "logs",
    release_name: "loki",
  });
  const oci = { ...rendering, chart: { ...rendering.chart, repository: "oci://r.example/charts/", skipCrds: true } };
  expect(JSON.parse(templateOptions(oci))).toMatchObject({
    chart: "oci://r.example/charts/loki",
    skip_crd_rendering: true,
  });
  expect(JSON.parse(noCluster)).not.toHaveProperty("clusters");
});

it("tells a chart that can't be fetched from one that can't be rendered", () => {
  const fetch = renderFailure(rendering, "failed to pull chart: dial tcp: no such host");
  for (const part of ["loki 6.1.0", "https://charts.example", "no such host", "helm registry login"]) {
    expect(fetch).toContain(part);
  }
  const render = renderFailure(rendering, "values don't meet the specifications of the schema");
  expect(render).toContain("cannot be rendered");
  expect(render).toContain("helm show values loki --repo https://charts.example --version 6.1.0");
});
