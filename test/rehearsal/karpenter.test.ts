import { KubernetesObjectApi } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { nodeClassKind, nodePoolKind, nodePoolSpec, objectName } from "../../components/node-pools/karpenter/objects";
import { placementReport, RealClusterHost, settledPlacement } from "../../src/rehearsal/control-plane";
import { silent } from "../../src/rehearsal/progress";
import { clientFor, controlPlaneFolder, type ControlPlaneFolder } from "../support/control-plane";

const clusterId = "eks-1";
const definition = { version: "v1", scope: "Cluster" } as const;
const definitions = [
  { ...definition, group: "karpenter.sh", kind: "NodePool", plural: "nodepools" },
  { ...definition, group: "karpenter.k8s.aws", kind: "EC2NodeClass", plural: "ec2nodeclasses" },
];

/** Room for one of the pods on each node. */
const pool = {
  plan: "m7i.xlarge",
  count: 0,
  autoscaling: { min: 0, max: 2 },
  zones: ["eu-west-3a", "eu-west-3b"],
};
const of = { environment: "test", pool: "elastic" };
const metadata = { name: objectName(of) };
const nodePool = { ...nodePoolKind, metadata, spec: nodePoolSpec(of, pool) };
const labels = { app: "web" };
const fourPods = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "default" },
  spec: {
    replicas: 4,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: "main", image: "example/main", resources: { requests: { cpu: "3" } } }] },
    },
  },
};

describe("a NodePool of Karpenter's", () => {
  let folder: ControlPlaneFolder;
  let host: RealClusterHost;
  let kubeconfig: string;
  let objects: KubernetesObjectApi;
  beforeAll(async () => {
    folder = await controlPlaneFolder();
    host = new RealClusterHost({ dir: folder.path, binaries: folder.binaries, progress: silent });
    const cluster = { id: clusterId, label: "dev", kubernetesVersion: "1.35", region: "eu-west-3", storageClasses: [] };
    ({ kubeconfig } = await host.createCluster(cluster));
    await host.addDefinitions(clusterId, definitions);
    objects = clientFor(kubeconfig).makeApiClient(KubernetesObjectApi);
  });
  afterAll(async () => {
    await host.close();
    await folder.remove();
  });

  const settled = () => settledPlacement(kubeconfig, { pools: host.autoscaledPools(clusterId) });

  it("has its nodes from none to its limit, and what finds no room then is told that it is reached", async () => {
    await objects.create({ ...nodeClassKind, metadata });
    await objects.create(nodePool);
    // Only once Karpenter has seen the pool does a report know that pods have something to wait for.
    await vi.waitUntil(() => host.autoscaledPools(clusterId).length === 1, { timeout: 30_000, interval: 100 });
    expect((await settled()).nodes).toEqual([]);

    await objects.create(fourPods);
    const report = await settled();
    expect(report.nodes.map(({ name, zone }) => [name, zone])).toEqual([
      ["test.elastic-1", "eu-west-3a"],
      ["test.elastic-2", "eu-west-3b"],
    ]);
    expect(report.placed).toBe(2);
    expect(report.unplaced).toHaveLength(2);
    for (const { reason } of report.unplaced) expect(reason).toMatch(/pool elastic is at its maximum of 2 nodes$/);
    expect(host.failures(clusterId)).toEqual([]);
  });

  it("takes its nodes with it, and their pods", async () => {
    await objects.delete(nodePool);
    const nodes = async () => (await placementReport(kubeconfig)).nodes;
    await vi.waitUntil(async () => (await nodes()).length === 0, { timeout: 30_000, interval: 200 });
    const report = await settled();
    expect([report.placed, report.unplaced.length]).toEqual([0, 4]);
    for (const { reason } of report.unplaced) expect(reason).not.toContain("maximum");
    expect(host.failures(clusterId)).toEqual([]);
  });
});
