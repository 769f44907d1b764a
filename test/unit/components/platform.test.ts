import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { apps } from "../../../src/apps";
import { quantity } from "../../../src/config/quantity";
import { deployPlatform, type PlatformOutputs } from "../../../src/platform";
import { inTheClear, record, type Recording, type Registered } from "./recorder";
import { shipped } from "./samples";

interface Container {
  readonly resources: Record<"requests" | "limits", Record<string, string>>;
}
interface Workload {
  readonly replicas?: number;
  readonly template: { readonly spec: { readonly containers: Container[]; readonly initContainers?: Container[] } };
  readonly volumeClaimTemplates?: unknown[];
}
interface Metadata {
  readonly name: string;
  readonly namespace: string;
}

const metadata = ({ inputs }: Registered): Metadata => inputs["metadata"] as Metadata;
const amount = (text: string | undefined): number => quantity(text ?? "0") ?? NaN;

/** What the pods of a namespace ask for together, in the quota's own terms, when every rollout has its surge at once. */
const demand = (resources: readonly Registered[], namespace: string): Record<string, number> => {
  const inside = resources.filter((one) => one.type.startsWith("kubernetes:") && metadata(one).namespace === namespace);
  const kind = (name: string) => inside.filter(({ type }) => type.endsWith(`:${name}`));
  const total: Record<string, number> = {
    // Each namespace has the cluster's own ConfigMap of root certificates.
    configmaps: kind("ConfigMap").length + 1,
    secrets: kind("Secret").length,
    services: kind("Service").length,
  };
  const add = (key: string, value: number) => (total[key] = (total[key] ?? 0) + value);
  for (const workload of [...kind("Deployment"), ...kind("StatefulSet"), ...kind("DaemonSet")]) {
    const spec = workload.inputs["spec"] as Workload;
    const scaler = kind("HorizontalPodAutoscaler").find((one) => metadata(one).name === metadata(workload).name);
    const min = (scaler?.inputs["spec"] as { minReplicas: number } | undefined)?.minReplicas ?? spec.replicas ?? 1;
    const pods = scaler ? min + Math.ceil(min / 4) : min;
    add("pods", pods);
    add("persistentvolumeclaims", pods * (spec.volumeClaimTemplates ?? []).length);
    const { containers, initContainers = [] } = spec.template.spec;
    for (const side of ["requests", "limits"] as const) {
      for (const resource of ["cpu", "memory", "nvidia.com/gpu"]) {
        const of = (some: readonly Container[]) => some.map((one) => amount(one.resources[side][resource]));
        const together = of(containers).reduce((sum, value) => sum + value, 0);
        add(`${side}.${resource}`, pods * Math.max(together, ...of(initContainers)));
      }
    }
  }
  return total;
};

describe.each(["development", "staging", "production"])("the %s stack", (stack) => {
  let recording: Recording<PlatformOutputs>;
  beforeAll(async () => {
    const secrets = { web: { "oidc-client": pulumi.secret("plain-oidc") } };
    recording = await record(() => deployPlatform({ config: shipped(stack), secrets, apps }), {
      members: ["staging"],
      clusterId: "7",
      joining: {},
      kubeconfig: "plain-kubeconfig",
    });
  });

  it("fits its quotas, with every service at its least and a rollout of each", () => {
    const quotas = recording.resources.filter(({ type }) => type === "kubernetes:core/v1:ResourceQuota");
    // One for each tier, and those of the device plugin and the firewall where the stack owns its cluster.
    expect(quotas).toHaveLength(shipped(stack).cluster.kind === "own" ? 7 : 5);
    for (const quota of quotas) {
      const { hard } = quota.inputs["spec"] as { hard: Record<string, string> };
      const wanted = demand(recording.resources, metadata(quota).namespace);
      for (const [key, limit] of Object.entries(hard)) {
        expect.soft(wanted[key] ?? 0, `${metadata(quota).namespace} ${key}`).toBeLessThanOrEqual(amount(limit));
      }
    }
  });

  it("shows no secret", () => {
    expect(inTheClear(recording)).not.toMatch(/plain-/);
  });

  it("hands each service the secrets of the stack file beside those generated for it", () => {
    const secret = recording.resources.find(({ type, name }) => type === "kubernetes:core/v1:Secret" && name === "web");
    const { value } = secret?.inputs["stringData"] as { value: Record<string, unknown> };
    expect(Object.keys(value).sort()).toEqual(["cookie-key", "oidc-client"]);
  });

  it("makes everything in its own namespaces, with an explicit provider", () => {
    const objects = recording.resources.filter(({ type, custom }) => custom && type.startsWith("kubernetes:"));
    expect(objects.length).toBeGreaterThan(100);
    for (const one of objects) {
      expect(one.provider).toContain("pulumi:providers:kubernetes::cluster");
      const isClusterWide =
        /:(Namespace|CustomResourceDefinition|StorageClass|ClusterRole|ClusterRoleBinding|CloudFirewall)$/.test(
          one.type,
        );
      if (!isClusterWide) expect(metadata(one).namespace).toMatch(new RegExp(`^(${stack}-|holdfast-(gpu|firewall)$)`));
    }
  });

  it("puts every resource into one of the four layers", () => {
    const parents = new Map(recording.resources.map(({ urn, parent }) => [urn, parent]));
    const top = (urn: string): string => {
      const parent = parents.get(urn);
      return parent ? top(parent) : urn;
    };
    const tops = new Set(
      recording.resources.filter(({ type }) => !type.startsWith("pulumi:")).map(({ urn }) => top(urn)),
    );
    expect([...tops].map((urn) => urn.split("::")[2]).sort()).toEqual([
      "holdfast:layer:Data",
      "holdfast:layer:Foundation",
      "holdfast:layer:PlatformServices",
      "holdfast:layer:Workloads",
    ]);
  });

  it("protects what is stateful in production alone", () => {
    const kept = recording.resources.filter(({ protect }) => protect).map(({ type }) => type);
    expect([...new Set(kept)].sort()).toEqual(
      stack === "production"
        ? [
            "kubernetes:core/v1:Namespace",
            "linode:index/lkeCluster:LkeCluster",
            "linode:index/objectStorageBucket:ObjectStorageBucket",
            "random:index/randomPassword:RandomPassword",
          ]
        : [],
    );
  });
});

it("a service that the catalogue doesn't have is refused", async () => {
  const { web: _, ...others } = apps;
  await expect(
    record(() => deployPlatform({ config: shipped("development"), secrets: {}, apps: others })),
  ).rejects.toThrow("No service web in src/apps. Known: ");
});

it("a stack without inference has no model store", async () => {
  const config = shipped("development");
  const { vllm: _, ...others } = config.apps;
  const { resources } = await record(() => deployPlatform({ config: { ...config, apps: others }, secrets: {}, apps }));
  const stores = resources.filter(({ type }) => type.includes("objectStorage")).map(({ name }) => name);
  expect(stores.sort()).toEqual(["backups", "exports"]);
});
