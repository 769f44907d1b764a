import { CoreV1Api, KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";
import { stat } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { HostedNode } from "../../src/rehearsal/cluster-host";
import {
  installDefinitions,
  isComplete,
  placementReport,
  RealClusterHost,
  renderPlacement,
  settledPlacement,
} from "../../src/rehearsal/control-plane";
import { processIdentity } from "../../src/rehearsal/control-plane/process-identity";
import { readRecords } from "../../src/rehearsal/control-plane/processes";
import { silent } from "../../src/rehearsal/progress";
import { storageClasses } from "../../src/rehearsal/providers/linode/catalogue";
import { clientFor, controlPlaneFolder, type ControlPlaneFolder } from "../support/control-plane";

describe("a cluster of the stand-in cloud", () => {
  const id = "lke-1";
  const hosted = { id, label: "dev", kubernetesVersion: "1.35", region: "fr-par", storageClasses };
  let folder: ControlPlaneFolder;
  let host: RealClusterHost;
  let kubeconfig: string;
  let objects: KubernetesObjectApi;
  beforeAll(async () => {
    folder = await controlPlaneFolder();
    host = new RealClusterHost({ dir: folder.path, binaries: folder.binaries, progress: silent });
    ({ kubeconfig } = await host.createCluster(hosted));
    objects = clientFor(kubeconfig).makeApiClient(KubernetesObjectApi);
    await host.applyPool({ clusterId: id, poolId: "11", nodes: [node("n1"), node("n2")] });
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels } });
    await create({ apiVersion: "v1", kind: "ResourceQuota", metadata: inShop("quota"), spec: { hard: { pods: "4" } } });
  });
  afterAll(() => folder.remove());

  type Spec = KubernetesObject & { readonly spec?: unknown };
  const create = (object: Spec) => objects.create(object);
  const inShop = (name: string) => ({ name, namespace: "shop" });

  const node = (name: string, cpu = "4"): HostedNode => ({
    name,
    labels: { "holdfast.dev/pool": "gpu", "holdfast.dev/environment": "dev", "topology.kubernetes.io/zone": "a" },
    taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    capacity: { cpu, memory: "32Gi", pods: "110", "ephemeral-storage": "100Gi", "nvidia.com/gpu": "1" },
    allocatable: { cpu: "3500m", memory: "30Gi", pods: "100", "ephemeral-storage": "90Gi", "nvidia.com/gpu": "1" },
  });

  const restricted = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  };
  const deployment = (name: string, cpu: string, securityContext: object, extra: object = {}): Spec => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: inShop(name),
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }],
          initContainers: [{ name: "sync", image: "example/sync", securityContext }],
          containers: [{ name: "main", image: "example/main", securityContext, resources: { requests: { cpu } } }],
          ...extra,
        },
      },
    },
  });

  it("has nodes with just the capacity, labels and taints that they were given", async () => {
    const { metadata, spec, status } = await clientFor(kubeconfig).makeApiClient(CoreV1Api).readNode({ name: "n1" });
    const given = node("n1");
    expect(status?.capacity).toEqual(given.capacity);
    expect(status?.allocatable).toEqual(given.allocatable);
    expect(metadata?.labels).toMatchObject(given.labels);
    expect(spec?.taints).toEqual(given.taints);
    expect(status?.conditions?.find(({ type }) => type === "Ready")?.status).toBe("True");
  });

  it("runs what may run, and says of the rest why not, in the scheduler's and admission's words", async () => {
    await create({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: inShop("models"),
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    });
    await create(
      deployment("good", "1", restricted, {
        volumes: [{ name: "models", persistentVolumeClaim: { claimName: "models" } }],
      }),
    );
    await create(deployment("huge", "64", restricted));
    await create(deployment("lax", "1", {}));
    const report = await settledPlacement(kubeconfig);

    expect(report.placed).toBe(1);
    expect(report.unplaced).toEqual([
      expect.objectContaining({
        name: expect.stringMatching(/^huge-/) as string,
        reason: expect.stringContaining("2 Insufficient cpu") as string,
      }),
    ]);
    expect(report.missing).toEqual([
      expect.objectContaining({
        workload: "Deployment/lax",
        count: 1,
        reason: expect.stringContaining('violates PodSecurity "restricted:latest"') as string,
      }),
    ]);
    expect(report.nodes.map(({ cpu }) => cpu.requested).sort()).toEqual([0, 1]);
    expect(report.quotas).toEqual([
      expect.objectContaining({ namespace: "shop", resource: "pods", used: "2", share: 0.5 }),
    ]);
    expect(isComplete(report)).toBe(false);
    expect(renderPlacement(report)).toContain("1 pods run, 2 do not.");
  });

  it("waits until an autoscaler has raised its workload", async () => {
    const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "good" };
    const target = { type: "Utilization", averageUtilization: 70 };
    await create({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: inShop("good"),
      spec: {
        minReplicas: 3,
        maxReplicas: 5,
        scaleTargetRef,
        metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
      },
    });
    expect((await settledPlacement(kubeconfig)).placed).toBe(3);
  });

  it("deletes pods as asked", async () => {
    const api = clientFor(kubeconfig).makeApiClient(CoreV1Api);
    const delay = { apiVersion: "v1", kind: "Pod", metadata: { ...inShop("once") } };
    await clientFor(kubeconfig)
      .makeApiClient(KubernetesObjectApi)
      .delete(deployment("huge", "64", restricted));
    await vi.waitUntil(async () => (await placementReport(kubeconfig)).unplaced.length === 0, 60_000);
    await create({
      ...delay,
      spec: {
        tolerations: [{ operator: "Exists" }],
        terminationGracePeriodSeconds: 5,
        containers: [{ name: "main", image: "example/main", securityContext: restricted }],
      },
    });
    const phase = async () => (await api.readNamespacedPod(inShop("once"))).status?.phase;
    await vi.waitUntil(async () => (await phase()) === "Running", 60_000);
    await api.deleteNamespacedPod(inShop("once"));
    await vi.waitUntil(
      () =>
        phase().then(
          () => false,
          (error: unknown) => (error as { code?: number }).code === 404,
        ),
      60_000,
    );
  });

  it("serves custom resources of any content, once their definitions are installed", async () => {
    const route = {
      group: "gateway.networking.k8s.io",
      kind: "HTTPRoute",
      plural: "httproutes",
      scope: "Namespaced",
    } as const;
    await installDefinitions(kubeconfig, [{ ...route, version: "v1" }]);
    await installDefinitions(kubeconfig, [
      { ...route, version: "v1" },
      { ...route, version: "v1beta1" },
    ]);
    for (const version of ["v1", "v1beta1"]) {
      const body = {
        apiVersion: `${route.group}/${version}`,
        kind: "HTTPRoute",
        metadata: inShop(version),
        spec: { any: [1] },
      };
      expect(await create(body)).toMatchObject({ spec: { any: [1] } });
    }
  });

  it("follows its pools: nodes change, go with their pods, and come", async () => {
    await host.applyPool({ clusterId: id, poolId: "11", nodes: [node("n2", "8"), node("n3")] });
    const report = await settledPlacement(kubeconfig);
    expect(report.nodes.map(({ name }) => name)).toEqual(["n2", "n3"]);
    expect(report.placed).toBe(3);
    const { status } = await clientFor(kubeconfig).makeApiClient(CoreV1Api).readNode({ name: "n2" });
    expect(status?.capacity?.["cpu"]).toBe("8");
    await host.removePool(id, "11");
    expect((await placementReport(kubeconfig)).nodes).toEqual([]);
  });

  it("gives a pool the nodes that pods wait for, up to its maximum, and then says that it is there", async () => {
    const pool = { clusterId: id, poolId: "12", nodes: [node("m1")], growth: { max: 3, node: node("m") } };
    await host.applyPool(pool);
    const spread = deployment("spread", "3", restricted) as { readonly spec: object };
    await create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "grown" } });
    await create({
      ...deployment("spread", "3", restricted),
      metadata: { name: "spread", namespace: "grown" },
      spec: { ...spread.spec, replicas: 4 },
    });
    const settled = () => settledPlacement(kubeconfig, { pools: host.autoscaledPools(id) });
    const inGrown = async () => (await settled()).unplaced.filter(({ namespace }) => namespace === "grown");
    const unplaced = await inGrown();
    expect(unplaced).not.toEqual([]);
    for (const { reason } of unplaced)
      expect(reason).toMatch(/3 Insufficient cpu.* pool gpu is at its maximum of 3 nodes$/s);
    const grown = (await settled()).nodes.map(({ name, added }) => ({ name, added }));
    expect(grown).toEqual([
      { name: "m-1", added: true },
      { name: "m-2", added: true },
      { name: "m1", added: false },
    ]);

    // Applied anew, as a resumed rehearsal does, the pool keeps them; with a smaller maximum it does not.
    await host.applyPool(pool);
    expect((await placementReport(kubeconfig)).nodes).toHaveLength(3);
    await host.applyPool({ ...pool, growth: { ...pool.growth, max: 2 } });
    expect((await placementReport(kubeconfig)).nodes).toHaveLength(2);
    expect(host.failures(id)).toEqual([]);
    await host.removePool(id, "12");
  });

  it("is found by its address, also by a host of a later run", async () => {
    const server = clientFor(kubeconfig).getCurrentCluster()?.server ?? "";
    const later = new RealClusterHost({ dir: folder.path, binaries: folder.binaries, progress: silent });
    expect(await later.adminKubeconfig(server)).toBe(kubeconfig);
    expect(await later.adminKubeconfig("https://127.0.0.1:1")).toBeUndefined();
  });

  it("is the same for the same id, and has a folder's name for an id", async () => {
    const [one, two] = await Promise.all([host.createCluster(hosted), host.createCluster(hosted)]);
    expect([one.kubeconfig, two.kubeconfig]).toEqual([kubeconfig, kubeconfig]);
    await expect(host.createCluster({ ...hosted, id: "../x" })).rejects.toThrow(/Cluster id "..\/x"/);
    await expect(host.applyPool({ clusterId: "absent", poolId: "1", nodes: [] })).rejects.toThrow(/no cluster absent/);
  });

  it("is gone with its folder when it is removed", async () => {
    const records = await readRecords(host.clusterDir(id));
    await host.removeCluster(id);
    expect(records.map(({ pid }) => processIdentity(pid))).toEqual(records.map(() => undefined));
    await expect(stat(host.clusterDir(id))).rejects.toThrow(/ENOENT/);
    await host.removeCluster(id);
  });
});
