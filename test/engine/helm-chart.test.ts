import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as k8s from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { HelmChart } from "../../components/charts";
import { TenantNamespace } from "../../components/namespace";
import { destroy, OperationFailed, previewThenUp, type Update } from "../../src/rehearsal/engine/gate";
import type { Rehearsal } from "../../src/rehearsal/rehearsal";
import { scratch, simulated } from "../support/rehearsal";
import { cacheWith } from "../support/charts";

const files = {
  "values.yaml": "greeting: hello\nprivileged: false\n",
  "values.schema.json": JSON.stringify({
    type: "object",
    additionalProperties: false,
    properties: { greeting: { type: "string" }, privileged: { type: "boolean" } },
  }),
  "crds/crontabs.yaml": `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: crontabs.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: CronTab, plural: crontabs, singular: crontab, listKind: CronTabList }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`,
  "templates/objects.yaml": `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: {{ .Release.Name }}-guard }
webhooks:
  - name: guard.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    failurePolicy: Fail
    clientConfig: { service: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}, path: /validate } }
    rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-settings }
data: { greeting: {{ .Values.greeting | quote }}, kubernetes: {{ .Capabilities.KubeVersion.Version | quote }} }
---
apiVersion: v1
kind: Secret
metadata: { name: {{ .Release.Name }}-key }
stringData: { key: hidden-in-the-chart }
---
apiVersion: example.com/v1
kind: CronTab
metadata: { name: nightly }
spec: { schedule: "0 3 * * *" }
---
apiVersion: v1
kind: Pod
metadata: { name: check, annotations: { helm.sh/hook: test } }
spec: { containers: [{ name: check, image: check }] }
{{- if .Values.privileged }}
---
apiVersion: v1
kind: Pod
metadata: { name: tool }
spec: { containers: [{ name: tool, image: tool, securityContext: { privileged: true } }] }
{{- end }}
`,
};

const chart = { name: "tiny", repository: "oci://registry.invalid/charts", version: "1.0.0" };
const absent = { ...chart, name: "karpenter-crd", version: "0.0.1" };

const folder = scratch();
let rehearsal: Rehearsal;
/** What the program asks for, from update to update. */
let asked: { chart: typeof chart; values: Record<string, unknown> } = { chart, values: {} };

const program: PulumiFn = () => {
  const label = "charts";
  const pools = [{ type: "g6-standard-4", count: 3 }];
  const cluster = new linode.LkeCluster("cluster", { label, region: "fr-par", k8sVersion: "1.35", pools }, cloud());
  const kubeconfig = cluster.kubeconfig.apply((text) => Buffer.from(text, "base64").toString());
  const provider = new k8s.Provider("cluster", { kubeconfig, enableConfigMapMutable: true });
  const guarded = new TenantNamespace(
    "tiny-system",
    { namespace: "tiny-system", environment: "development", tier: "charts", production: false },
    { provider },
  );
  const { ready } = new HelmChart(
    "tiny",
    { ...asked, namespace: "tiny-system", kubernetesVersion: "1.35" },
    { provider, dependsOn: guarded },
  );
  const metadata = { name: "after", namespace: "tiny-system" };
  new k8s.core.v1.ConfigMap("after", { metadata }, { provider, dependsOn: ready });
  return Promise.resolve();
};
const cloud = () => ({ provider: new linode.Provider("linode", { token: "t".repeat(64) }) });

const env = process.env["HOLDFAST_CACHE"];
beforeAll(async () => {
  process.env["HOLDFAST_CACHE"] = await cacheWith(folder.path, [{ ...chart, files }]);
  rehearsal = await simulated({ root: `${folder.path}/run`, program, clouds: ["linode"] });
});
afterAll(async () => {
  await rehearsal.close();
  folder.remove();
  if (env === undefined) delete process.env["HOLDFAST_CACHE"];
  else process.env["HOLDFAST_CACHE"] = env;
});

const update = async (): Promise<Update> =>
  previewThenUp(await rehearsal.openStack("development"), {
    places: rehearsal.places,
    policyPacks: rehearsal.policyPacks,
  });

/** Of the chart's objects, with what was done to them. */
const steps = ({ steps: all }: Update["up"]): readonly string[] =>
  all
    .filter(({ op, urn }) => op !== "same" && urn.includes("holdfast:charts:HelmChart$"))
    .map(({ op, type, urn }) => `${op} ${type} ${urn.split("::").at(-1)}`)
    .sort();

const made = [
  "create kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration tiny/tiny-guard",
  "create kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition tiny/crontabs.example.com",
  "create kubernetes:core/v1:ConfigMap tiny/tiny-settings",
  "create kubernetes:core/v1:Secret tiny/tiny-key",
  "create kubernetes:example.com/v1:CronTab tiny/nightly",
];

it("stops at the first preview where an object of the chart breaks a rule, before the cluster is there", async () => {
  asked = { chart, values: { privileged: true } };
  const failed = await update().catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(OperationFailed);
  const { operation, outcome } = failed as OperationFailed;
  expect(operation).toBe("preview");
  const violation = outcome.violations.find(({ message }) => /privileged/.test(message));
  expect(violation?.urn).toContain("kubernetes:core/v1:Pod::tiny/tool");
  expect(rehearsal.inventory.list()).toEqual([]);
});

it("says what Helm said where the chart does not take the values", async () => {
  asked = { chart, values: { greting: "hi" } };
  const failed = await update().catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(OperationFailed);
  const { operation, outcome } = failed as OperationFailed;
  expect(operation).toBe("preview");
  expect(JSON.stringify(outcome)).toContain("The chart tiny 1.0.0");
  expect(JSON.stringify(outcome)).toContain("greting");
});

it("shows each object at preview, and makes them with the definitions first and the webhooks last", async () => {
  asked = { chart, values: { greeting: "hi" } };
  const { preview, up } = await update();
  expect(steps(preview)).toEqual(made);
  expect(steps(up)).toEqual(made);
  const settings = rehearsal.inventory.list({ label: "tiny-settings" })[0];
  expect(settings?.properties["data"]).toEqual({ greeting: "hi", kubernetes: "v1.35" });
  const order = rehearsal.inventory.list().map(({ label }) => label);
  expect(order.indexOf("crontabs.example.com")).toBeLessThan(order.indexOf("tiny-settings"));
  // It would refuse what comes after it for as long as the service that it calls isn't there.
  for (const object of ["tiny-settings", "tiny-key", "nightly"]) {
    expect(order.indexOf(object)).toBeLessThan(order.indexOf("tiny-guard"));
  }
  expect(order.at(-1)).toBe("after");
});

it("finds nothing to do the second time", async () => {
  expect(steps((await update()).up)).toEqual([]);
});

it("changes the objects that a changed value is in, and no other", async () => {
  asked = { chart, values: { greeting: "good evening" } };
  expect(steps((await update()).up)).toEqual(["update kubernetes:core/v1:ConfigMap tiny/tiny-settings"]);
});

it("keeps the chart's secrets out of what is written", () => {
  const files = readdirSync(`${folder.path}/run`, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
  expect(texts.some((text) => text.includes("tiny-key"))).toBe(true);
  expect(texts.filter((text) => /hidden-in-the-chart|aGlkZGVuLWluLXRoZS1jaGFydA/.test(text))).toEqual([]);
});

it("removes what the chart had with it, and goes on without a chart that can't be had", async () => {
  asked = { chart: absent, values: {} };
  const { up } = await update();
  expect(steps(up).filter((step) => step.startsWith("delete"))).toHaveLength(made.length);
  expect(steps(up)).toContain(
    "create kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition tiny/nodepools.karpenter.sh",
  );
  const [missing] = rehearsal.providers.missingCharts();
  expect(missing).toMatchObject({ name: "karpenter-crd", version: "0.0.1" });
  expect(missing?.reason).toContain("oci://registry.invalid/charts");
});

it("leaves nothing behind", async () => {
  await destroy(await rehearsal.openStack("development"), {});
  expect(rehearsal.inventory.list()).toEqual([]);
});
