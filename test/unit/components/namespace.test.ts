import type { types } from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { TenantNamespace } from "../../../components/namespace";
import { accessRoles, roleRules, type AccessRole } from "../../../components/namespace/roles";
import { only, record } from "./recorder";

/** What RBAC itself answers: whether some rule allows it. */
const may = (role: AccessRole, production: boolean, verb: string, resource: string): boolean =>
  roleRules(role, production).some(
    (rule: types.input.rbac.v1.PolicyRule) =>
      (rule.verbs as string[]).includes(verb) && (rule.resources as string[]).includes(resource),
  );

const writes = ["create", "update", "patch", "delete"];
const anything = ["get", "list", "watch", ...writes];

describe("access to a namespace", () => {
  it("has no wildcard, which would grow with the cluster", () => {
    for (const role of accessRoles) expect(JSON.stringify(roleRules(role, false))).not.toContain("*");
  });

  it.each(accessRoles)("lets no %s touch roles, quotas, limits or network policies", (role) => {
    const guards = ["roles", "rolebindings", "resourcequotas", "limitranges", "networkpolicies", "serviceaccounts"];
    for (const guard of guards) for (const verb of writes) expect(may(role, false, verb, guard)).toBe(false);
  });

  it.each(["viewer", "developer"] as const)("keeps secrets from a %s", (role) => {
    for (const verb of anything) expect(may(role, false, verb, "secrets")).toBe(false);
  });

  it("lets a viewer change nothing", () => {
    expect(roleRules("viewer", false).flatMap((rule) => rule.verbs as string[])).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(create|update|patch|delete)$/)]),
    );
  });

  it("lets developers into pods, where secrets are mounted, outside production only", () => {
    expect(may("developer", false, "create", "pods/exec")).toBe(true);
    expect(may("developer", true, "create", "pods/exec")).toBe(false);
    expect(roleRules("developer", true)).toEqual(roleRules("viewer", true));
  });

  it("lets operators run workloads, and read secrets one by one", () => {
    for (const verb of writes) expect(may("operator", true, verb, "deployments")).toBe(true);
    expect(may("operator", true, "get", "secrets")).toBe(true);
    expect(may("operator", true, "list", "secrets")).toBe(false);
  });
});

describe("a namespace", () => {
  const make = (production: boolean) =>
    record(
      () =>
        new TenantNamespace("services", {
          namespace: "test-services",
          environment: "test",
          tier: "services",
          production,
        }),
    );

  it("is closed in both directions, but for DNS", async () => {
    const recording = await make(true);
    const type = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    expect(only(recording, type, "services-default-deny").inputs["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    const dns = only(recording, type, "services-allow-dns").inputs[
      "spec"
    ] as types.input.networking.v1.NetworkPolicySpec;
    expect(dns.policyTypes).toEqual(["Egress"]);
    expect(dns.egress).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
          },
        ],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ]);
  });

  it("has the platform's quota by default, with no GPU", async () => {
    expect(only(await make(true), "kubernetes:core/v1:ResourceQuota").inputs["spec"]).toEqual({
      hard: {
        "requests.cpu": "50",
        "requests.memory": "100Gi",
        "limits.cpu": "100",
        "limits.memory": "200Gi",
        "requests.nvidia.com/gpu": "0",
        persistentvolumeclaims: "20",
        services: "20",
        secrets: "50",
        configmaps: "50",
        pods: "100",
      },
    });
  });

  it("hands out its name only after every guard", async () => {
    const recording = await make(true);
    const gate = only(recording, "kubernetes:core/v1:ServiceAccount");
    const guards = recording.resources.filter(({ type }) => /:(ResourceQuota|LimitRange|NetworkPolicy)$/.test(type));
    expect(guards).toHaveLength(4);
    expect(gate.dependencies).toEqual(expect.arrayContaining(guards.map(({ urn }) => urn)));
    expect(gate.inputs["automountServiceAccountToken"]).toBe(false);
  });

  it("is protected in production alone", async () => {
    expect(only(await make(true), "kubernetes:core/v1:Namespace").protect).toBe(true);
    expect(only(await make(false), "kubernetes:core/v1:Namespace").protect).toBe(false);
  });
});
