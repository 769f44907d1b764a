import { describe, expect, it } from "vitest";
import { unknownValue } from "./broken-pods";
import { reportsOf } from "./support/judge-resource";

const deployment = "kubernetes:apps/v1:Deployment";
const configMap = "kubernetes:core/v1:ConfigMap";

const web = (container: object, spec: object = {}) => ({
  metadata: { name: "web", namespace: "frontend" },
  spec: { template: { spec: { containers: [{ name: "nginx", ...container }], ...spec } } },
});

const digest = `registry.example:5000/web@sha256:${"a".repeat(64)}`;
const quantities = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" };

/** The rule, where it looks, a deployment that breaks it, what it says, one that does not, and one that cannot be known. */
const cases: readonly {
  readonly rule: string;
  readonly path: string;
  readonly bad: object;
  readonly says: string;
  readonly fine: object;
  readonly unknown: object;
}[] = [
  {
    rule: "require-resource-requests",
    path: "containers[nginx].resources.requests",
    bad: web({ resources: { requests: { cpu: "1" }, limits: quantities } }),
    says: "found cpu, wanted cpu, memory, ephemeral-storage: the scheduler would place the pod without knowing what it needs.",
    fine: web({ resources: { requests: quantities } }),
    unknown: web({ resources: { requests: unknownValue } }),
  },
  {
    rule: "require-resource-limits",
    path: "containers[nginx].resources.limits",
    bad: web({ resources: { requests: quantities } }),
    says: "found nothing, wanted cpu, memory, ephemeral-storage: one container could starve every other on its node.",
    fine: web({ resources: { limits: quantities } }),
    unknown: web({ resources: { limits: unknownValue } }),
  },
  {
    rule: "forbid-latest-image",
    path: "containers[nginx].image",
    bad: web({ image: "registry.example:5000/web" }),
    says: "found registry.example:5000/web, wanted a tag other than latest, or a digest: two nodes could run different versions, and no rollback would know the one before.",
    fine: web({ image: digest }),
    unknown: web({ image: unknownValue }),
  },
  {
    rule: "require-image-digest",
    path: "containers[nginx].image",
    bad: web({ image: "web:1.2" }),
    says: "found web:1.2, wanted …@sha256:…: whoever can push the tag could change what runs.",
    fine: web({ image: digest }),
    unknown: web({ image: unknownValue }),
  },
  {
    rule: "forbid-service-account-token",
    path: "automountServiceAccountToken",
    bad: web({}),
    says: "found nothing, wanted false: whoever breaks into the container could call the API server with the pod's rights.",
    fine: web({}, { automountServiceAccountToken: false }),
    unknown: web({}, { automountServiceAccountToken: unknownValue }),
  },
  {
    rule: "forbid-secret-env-references",
    path: "containers[nginx].env[A].valueFrom.secretKeyRef",
    bad: web({ env: [{ name: "A", valueFrom: { secretKeyRef: { key: "a" } } }] }),
    says: 'found {"key":"a"}, wanted a mounted file: an environment variable reaches child processes, crash dumps and logs, and does not change when the secret does.',
    fine: web({ env: [{ name: "A", valueFrom: { configMapKeyRef: { key: "a" } } }] }),
    unknown: web({ env: [{ name: "A", valueFrom: { secretKeyRef: unknownValue } }] }),
  },
  {
    rule: "forbid-secret-literals",
    path: "containers[nginx].env[A].value",
    bad: web({ env: [{ name: "A", value: "postgres://user:hunter2@db/name" }] }),
    says: "found a private key, or an address with a password, wanted no secret: anyone who may read pods or ConfigMaps could read the secret.",
    fine: web({ env: [{ name: "A", value: "postgres://db/name" }] }),
    unknown: web({ env: [{ name: "A", value: unknownValue }] }),
  },
];

describe.each(cases)("$rule", ({ rule, path, bad, says, fine, unknown }) => {
  const at = `Deployment web in frontend   spec.template.spec.${path}`;

  it("says where, what was found and wanted and why, and how to put it right", () => {
    const [report, ...others] = reportsOf(rule, deployment, bad as never);
    expect(others).toEqual([]);
    const [where, what, fix] = report?.message.split("\n") ?? [];
    expect([where, what, report?.advisory]).toEqual([at, says, false]);
    expect(fix).toMatch(new RegExp(`^Fix: .+ {3}more: policies/README\\.md#${rule}$`));
  });

  it("says nothing where all is well", () => expect(reportsOf(rule, deployment, fine as never)).toEqual([]));

  it("advises that an unknown value is decided later", () => {
    expect(reportsOf(rule, deployment, unknown as never)).toEqual([
      {
        message: `${at}\ncannot be decided before the update: spec.template.spec.${path}   more: policies/README.md#${rule}`,
        advisory: true,
      },
    ]);
  });
});

describe("every kind that carries a pod", () => {
  const pod = { spec: { automountServiceAccountToken: true, containers: [] } };
  const rule = "forbid-service-account-token";
  const field = "spec.automountServiceAccountToken";

  it.each([
    ["kubernetes:core/v1:Pod", pod, field],
    ["kubernetes:core/v1:PodTemplate", { template: pod }, `template.${field}`],
    ["kubernetes:core/v1:ReplicationController", { spec: { template: pod } }, `spec.template.${field}`],
    ["kubernetes:apps/v1:Deployment", { spec: { template: pod } }, `spec.template.${field}`],
    ["kubernetes:apps/v1:ReplicaSet", { spec: { template: pod } }, `spec.template.${field}`],
    ["kubernetes:apps/v1:StatefulSet", { spec: { template: pod } }, `spec.template.${field}`],
    ["kubernetes:apps/v1:DaemonSet", { spec: { template: pod } }, `spec.template.${field}`],
    ["kubernetes:extensions/v1beta1:Deployment", { spec: { template: pod } }, `spec.template.${field}`],
    ["kubernetes:batch/v1:Job", { spec: { template: pod } }, `spec.template.${field}`],
    [
      "kubernetes:batch/v1:CronJob",
      { spec: { jobTemplate: { spec: { template: pod } } } },
      `spec.jobTemplate.spec.template.${field}`,
    ],
    ["kubernetes:core/v1:PodList", { items: [pod] }, `items[0].${field}`],
    [
      "kubernetes:core/v1:List",
      {
        items: [
          { apiVersion: "v1", kind: "ConfigMap" },
          { apiVersion: "apps/v1", kind: "Deployment", spec: { template: pod } },
        ],
      },
      `items[1].spec.template.${field}`,
    ],
  ])("is judged: %s", (type, props, path) => {
    expect(reportsOf(rule, type, props).map(({ message }) => message.split(/ {3}|\n/)[1])).toEqual([path]);
  });

  it("is told from what only looks like one", () => {
    expect(reportsOf(rule, "kubernetes:example.com/v1:Deployment", { spec: { template: pod } })).toEqual([]);
    expect(reportsOf(rule, "linode:index:Instance", { spec: { template: pod } })).toEqual([]);
  });
});

describe("forbid-latest-image", () => {
  const judged = (image: string) => reportsOf("forbid-latest-image", deployment, web({ image })).length;

  it.each(["web:latest", "web", "registry:5000/web", "web:"])("refuses %s", (image) => expect(judged(image)).toBe(1));
  it.each(["web:1", "registry:5000/web:1", `web:latest@sha256:${"0".repeat(64)}`])("takes %s", (image) =>
    expect(judged(image)).toBe(0),
  );

  it("looks at images mounted as volumes", () => {
    const spec = { volumes: [{ name: "model", image: { reference: "model:latest" } }] };
    expect(reportsOf("forbid-latest-image", deployment, web({ image: "web:1" }, spec))[0]?.message).toContain(
      "spec.template.spec.volumes[model].image.reference",
    );
  });
});

describe("require-image-digest", () => {
  const levelIn = (stack: string, settings = {}) =>
    reportsOf("require-image-digest", deployment, web({ image: "web:1" }), { stack, settings }).map((r) => r.advisory);

  it("weighs by environment, and holds a stack of any other name to production's rules", () => {
    expect(levelIn("production")).toEqual([false]);
    expect(levelIn("staging")).toEqual([true]);
    expect(levelIn("development")).toEqual([]);
    expect(levelIn("customer-7")).toEqual([false]);
  });

  it("can be told which environment to judge by", () => {
    expect(levelIn("customer-7", { environment: "staging" })).toEqual([true]);
    expect(levelIn("development", { environment: "production" })).toEqual([false]);
  });

  it("takes no shortened digest", () => {
    expect(reportsOf("require-image-digest", deployment, web({ image: "web@sha256:abc" }))).toHaveLength(1);
  });
});

describe("forbid-secret-literals", () => {
  const judged = (data: object, settings = {}) =>
    reportsOf("forbid-secret-literals", configMap, { metadata: { name: "c" }, data }, { settings });

  it.each([
    "DB_PASSWORD",
    "GITHUB_TOKEN",
    "clientSecret",
    "OPENAI_API_KEY",
    "api-key",
    "AWS_SECRET_ACCESS_KEY",
    "DB_PWD",
  ])("refuses a value under %s, and does not repeat it", (key) => {
    const [report] = judged({ [key]: "hunter2" });
    expect(report?.message).toContain(`data.${key}\nfound a value under a secret's name, ${key}`);
    expect(report?.message).not.toContain("hunter2");
  });

  it.each([
    "DB_PASSWORD_FILE",
    "MAX_TOKENS",
    "SECRET_NAME",
    "PWD",
    "TOKENIZERS_PARALLELISM",
    "AWS_ACCESS_KEY_ID",
    "MONKEY",
  ])("takes a value under %s", (key) => expect(judged({ [key]: "value" })).toEqual([]));

  it("takes switches and empty values, and keys that the operator vouches for", () => {
    expect(judged({ REQUIRE_PASSWORD: "true", TOKEN: "" })).toEqual([]);
    expect(judged({ BOS_TOKEN: "<s>" }, { notSecret: ["BOS_TOKEN"] })).toEqual([]);
  });

  it("refuses a secret's name also where the value is unknown", () => {
    expect(judged({ TOKEN: unknownValue }).map(({ advisory }) => advisory)).toEqual([false]);
    expect(judged({ HOST: unknownValue }).map(({ advisory }) => advisory)).toEqual([true]);
  });

  it("knows secrets by their form", () => {
    expect(judged({ "tls.key": "-----BEGIN EC PRIVATE KEY-----\nabc" })).toHaveLength(1);
    expect(judged({ URL: "amqp://user:$(PASSWORD)@mq" })).toEqual([]);
  });
});

describe("forbid-secret-env-references", () => {
  it("sees whole secrets taken as variables", () => {
    const [report] = reportsOf(
      "forbid-secret-env-references",
      deployment,
      web({ envFrom: [{ secretRef: { name: "s" } }] }),
    );
    expect(report?.message).toContain("spec.template.spec.containers[nginx].envFrom[0].secretRef\n");
  });
});

describe("forbid-reserved-namespaces", () => {
  const rule = "forbid-reserved-namespaces";
  const found = (type: string, metadata: object, context = {}) =>
    reportsOf(rule, type, { metadata }, context).map(({ message }) => message.split("\n")[1]?.split(",")[0]);

  it("refuses what lies there by name or by default", () => {
    expect(found(configMap, { namespace: "kube-system" })).toEqual(["found kube-system"]);
    expect(reportsOf(rule, configMap, { metadata: {} })[0]?.message).toContain("found nothing, which means default");
    expect(found(configMap, {}, { provider: { namespace: "apps" } })).toEqual([]);
    expect(reportsOf(rule, configMap, {}, { provider: { namespace: "kube-public" } })[0]?.message).toContain(
      "found nothing, which means kube-public",
    );
  });

  it("leaves alone what lies elsewhere, or in no namespace", () => {
    expect(found(configMap, { namespace: "frontend" })).toEqual([]);
    expect(found("kubernetes:core/v1:Namespace", { name: "frontend" })).toEqual([]);
    expect(found("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", { name: "viewer" })).toEqual([]);
  });

  it("leaves an unknown namespace to the whole stack", () =>
    expect(found(configMap, { namespace: unknownValue })).toEqual([]));

  it("takes the operator's own list", () => {
    expect(found(configMap, { namespace: "legacy" }, { settings: { reserved: ["legacy"] } })).toEqual(["found legacy"]);
  });
});

describe("require-pod-security-label", () => {
  const label = "pod-security.kubernetes.io/enforce";
  const judged = (labels: unknown, settings = {}) =>
    reportsOf(
      "require-pod-security-label",
      "kubernetes:core/v1:Namespace",
      { metadata: { name: "data", labels } },
      { settings },
    );

  it("wants the restricted level", () => {
    expect(judged({ [label]: "baseline" })[0]?.message).toMatch(
      /^Namespace data {3}metadata\.labels\[pod-security\.kubernetes\.io\/enforce\]\nfound baseline, wanted restricted:/,
    );
    expect(judged({})).toHaveLength(1);
    expect(judged({ [label]: "restricted" })).toEqual([]);
    expect(judged({ [label]: "baseline" }, { levels: ["restricted", "baseline"] })).toEqual([]);
  });

  it("advises where the labels are unknown", () => expect(judged(unknownValue)[0]?.advisory).toBe(true));
});

describe("forbid-unseen-objects", () => {
  const judged = (type: string) => reportsOf("forbid-unseen-objects", type, { metadata: { name: "x" } }).length;

  it("refuses what would reach the cluster unjudged, and nothing else", () => {
    expect(judged("kubernetes:helm.sh/v3:Release")).toBe(1);
    expect(judged("kubernetes:apps/v1:DeploymentPatch")).toBe(1);
    expect(judged("kubernetes:core/v1:ConfigMapPatch")).toBe(0);
    expect(judged("kubernetes:helm.sh/v4:Chart")).toBe(0);
    expect(judged(deployment)).toBe(0);
  });
});
