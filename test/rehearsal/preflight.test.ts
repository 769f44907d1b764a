import { CoreV1Api, KubeConfig, KubernetesObjectApi, StorageV1Api } from "@kubernetes/client-node";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExistingStackConfig } from "../../src/config/stack-config";
import { preflight, preflightTable, withVerdict } from "../../src/preflight";
import { RealClusterHost, stopClusters } from "../../src/rehearsal/control-plane";
import { standInCluster } from "../../src/rehearsal/existing/stand-in-cluster";
import { silent } from "../../src/rehearsal/progress";
import { controlPlaneTools, ensureTools } from "../../src/rehearsal/tools";
import { shippedOnExisting } from "../unit/components/samples";

let root: string;
let host: RealClusterHost;
let config: ExistingStackConfig;
let bare: string;

/** A control plane as it is from its start, and one that has what the stack takes for granted. */
beforeAll(async () => {
  const binaries = await ensureTools(controlPlaneTools, silent);
  root = await mkdtemp(join(tmpdir(), "preflight-"));
  host = new RealClusterHost({ dir: root, binaries, progress: silent });
  config = shippedOnExisting("production");
  const { cluster } = standInCluster("bare", config);
  const { definitions: _none, comesWith: _nothing, ...rest } = cluster;
  bare = (await host.createCluster({ ...rest, id: "bare" })).kubeconfig;
});
afterAll(async () => {
  await host.close();
  await stopClusters(root);
  await rm(root, { recursive: true });
});

const lookedAt = async (kubeconfig: string, of = config) => {
  const result = await preflight(of, kubeconfig);
  return { ...result, missing: withVerdict(result, "missing").map(({ what, found }) => `${what}: ${found}`) };
};

describe("a cluster that is there already", () => {
  it("is told of all that it lacks, together", async () => {
    const result = await lookedAt(bare);
    expect(result.missing).toEqual([
      "StorageClass fast: no such class",
      "StorageClass keep: no such class",
      "network policies: nothing known that enforces them",
      "nodes for general work: none",
      "servicemonitors.monitoring.coreos.com: no such resource",
    ]);
    expect(withVerdict(result, "doubtful").map(({ what, found }) => `${what}: ${found}`)).toEqual([
      "GPUs: 0, 2 needed",
    ]);
    const text = preflightTable("production", result);
    for (const { help } of withVerdict(result, "missing")) expect(text).toContain(help);
  });

  it("is told of credentials that are none, of permissions that are refused, and of an address where nobody is", async () => {
    const stranger = bare.replace(/token: .*/, "token: guessed");
    expect((await lookedAt(stranger)).missing).toEqual(["the cluster: it answers 401"]);
    const nobody = bare.replace(/server: .*/, "server: https://127.0.0.1:1");
    const [unreachable] = (await lookedAt(nobody)).missing;
    expect(unreachable).toMatch(/^the cluster: not reachable: .*ECONNREFUSED/);
    const result = await lookedAt(await kubeconfigOfReader(bare));
    expect(result.missing).toContain("permission: secrets: may not get, list, watch, create, patch, delete");
    expect(result.missing).toContain("permission: namespaces: may not list, watch, create, patch, delete");
    expect(result.missing).toContain("nodes: not permitted to look");
    expect(result.missing).not.toContain("permission: events: may not get, list, watch");
  });

  it("takes the operator's word for what enforces network policies, and says so", async () => {
    const cluster = { ...config.cluster, networkPolicyEnforcer: "hardware" };
    const result = await lookedAt(bare, { ...config, cluster });
    expect(result.missing.join()).not.toContain("network policies");
    expect(withVerdict(result, "doubtful").map(({ found }) => found)).toContain(
      "enforced by hardware, as the stack file says",
    );
  });

  it("is fit where it has everything, and is told of what is only doubtful", async () => {
    const { cluster, pools } = standInCluster("bare", config);
    await host.createCluster({ ...cluster, id: "bare" });
    for (const pool of pools) await host.applyPool({ ...pool, clusterId: "bare" });
    const fit = await lookedAt(bare);
    expect({ missing: fit.missing, doubtful: withVerdict(fit, "doubtful") }).toEqual({ missing: [], doubtful: [] });
    expect(fit.clusterId).toMatch(/^[0-9a-f-]{36}$/);

    const storage = client(bare).makeApiClient(StorageV1Api);
    await storage.createStorageClass({
      body: { metadata: { name: "plain" }, provisioner: "example.com/disk", volumeBindingMode: "Immediate" },
    });
    const storageClasses = { standard: "plain", retain: "plain" };
    const doubted = await lookedAt(bare, { ...config, cluster: { ...config.cluster, storageClasses } });
    expect(withVerdict(doubted, "doubtful").map(({ what, found }) => `${what}: ${found}`)).toEqual([
      "StorageClass plain: binds Immediate",
      "StorageClass plain: not expandable",
      "StorageClass plain: reclaims: Delete",
    ]);
  });
});

const client = (kubeconfig: string): KubeConfig => {
  const loaded = new KubeConfig();
  loaded.loadFromString(kubeconfig);
  return loaded;
};

/** A service account that may look at kube-system and at events, and do nothing else. */
const kubeconfigOfReader = async (kubeconfig: string): Promise<string> => {
  const api = KubernetesObjectApi.makeApiClient(client(kubeconfig));
  const rbac = "rbac.authorization.k8s.io";
  const name = "reader";
  const look = ["get", "list", "watch"];
  const rules = [
    { apiGroups: [""], resources: ["namespaces"], verbs: ["get"] },
    { apiGroups: [""], resources: ["events"], verbs: look },
  ];
  const subjects = [{ kind: "ServiceAccount", name, namespace: "default" }];
  await api.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "default" } });
  await api.create({ apiVersion: `${rbac}/v1`, kind: "ClusterRole", metadata: { name }, ...{ rules } });
  const roleRef = { apiGroup: rbac, kind: "ClusterRole", name };
  await api.create({
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    ...{ roleRef, subjects },
  });
  const core = client(kubeconfig).makeApiClient(CoreV1Api);
  const { status } = await core.createNamespacedServiceAccountToken({
    name,
    namespace: "default",
    body: { spec: { audiences: [] } },
  });
  return kubeconfig.replace(/token: .*/, `token: ${status?.token ?? ""}`);
};
