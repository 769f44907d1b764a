import { CoreV1Api, type V1Node } from "@kubernetes/client-node";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterHost, HostedCluster, HostedDefinition, HostedPool } from "../cluster-host";
import type { Progress } from "../progress";
import {
  isKarpenters,
  karpenterObjects,
  karpenterPools,
  keptNodes,
  orphans,
  playAutoscaler,
  type AutoscaledPool,
} from "./autoscaler";
import { conflict, failedWith, kubeConfig, notFound } from "./api-client";
import { ClusterLoop } from "./cluster-loop";
import { files, type ControlPlaneBinaries } from "./components";
import { installDefinitions } from "./definitions";
import { serverIn } from "./kubeconfig";
import { isReady, nodeObject, poolChanges, poolIdLabel, withCapacity, withSpec } from "./pool-nodes";
import { logPath } from "./processes";
import { startControlPlane, type ControlPlane } from "./start";
import { removeControlPlane } from "./stop";
import { installObjects } from "./standing-objects";
import { installStorageClasses } from "./storage-classes";
import { playVolumes } from "./volumes";

export interface RealClusterHostOptions {
  /** One folder a cluster is made in it, named by the cluster's id. */
  readonly dir: string;
  readonly binaries: ControlPlaneBinaries;
  readonly progress: Progress;
  /**
   * Custom resources that each cluster accepts from its start.
   * @default none
   */
  readonly definitions?: readonly HostedDefinition[];
  /** As {@link ClusterHost.readyWithinSeconds}. */
  readonly readyWithinSeconds?: number | undefined;
}

/** Milliseconds for new nodes to be ready; about 1,000 are usual. */
const nodesReadyWithinMs = 60_000;

/** Gives each cluster of the stand-in cloud a control plane of its own on loopback, its nodes played by kwok. */
export class RealClusterHost implements ClusterHost {
  readonly #starting = new Map<string, Promise<ControlPlane>>();
  readonly #loops = new Map<string, ClusterLoop>();
  /** By cluster, then by pool. */
  readonly #autoscaled = new Map<string, Map<string, AutoscaledPool>>();
  /** By cluster, what is being done to its nodes: one thing after another, so that no pool outgrows its maximum. */
  readonly #nodeWork = new Map<string, Promise<unknown>>();

  constructor(private readonly options: RealClusterHostOptions) {}

  public get readyWithinSeconds(): number | undefined {
    return this.options.readyWithinSeconds;
  }

  public async createCluster(cluster: HostedCluster): Promise<{ readonly kubeconfig: string }> {
    const { binaries, progress } = this.options;
    // Two calls at once share one start; a later one looks again, for the control plane may have been stopped since.
    const started =
      this.#starting.get(cluster.id) ?? startControlPlane({ dir: this.clusterDir(cluster.id), binaries, progress });
    this.#starting.set(cluster.id, started);
    try {
      const { kubeconfig } = await started;
      await installStorageClasses(kubeconfig, cluster.storageClasses);
      await installDefinitions(kubeconfig, [...(this.options.definitions ?? []), ...(cluster.definitions ?? [])]);
      await installObjects(kubeconfig, cluster.comesWith ?? []);
      this.#play(cluster.id, kubeconfig);
      return { kubeconfig };
    } finally {
      this.#starting.delete(cluster.id);
    }
  }

  public async applyPool(pool: HostedPool): Promise<void> {
    const { clusterId, poolId, growth } = pool;
    const api = await this.#api(clusterId);
    await this.#alone(clusterId, async () => {
      const grows = growth === undefined ? undefined : { poolId, ...growth };
      this.#setAutoscaled(clusterId, poolId, grows);
      const present = await poolNodes(api, poolId);
      const asked = pool.nodes.map((node) => nodeObject(poolId, node));
      const changes = poolChanges(present, [...asked, ...keptNodes(grows, present, asked.length)]);
      await Promise.all([
        ...changes.create.map((body) => api.createNode({ body })),
        ...changes.keep.map((kept) => bringTo(api, kept.wanted)),
        ...changes.remove.map((name) => removeNode(api, name)),
      ]);
    });
    await this.#untilReady(api, pool);
  }

  public async removePool(clusterId: string, poolId: string): Promise<void> {
    const api = await this.#api(clusterId);
    await this.#alone(clusterId, async () => {
      this.#setAutoscaled(clusterId, poolId, undefined);
      const nodes = await poolNodes(api, poolId);
      await Promise.all(nodes.map((node) => removeNode(api, node.metadata?.name ?? "")));
    });
  }

  public async removeCluster(clusterId: string): Promise<void> {
    await this.#loops.get(clusterId)?.stop();
    this.#loops.delete(clusterId);
    this.#autoscaled.delete(clusterId);
    await removeControlPlane(this.clusterDir(clusterId));
  }

  /** The pools of a cluster that may grow, as far as this process has made them or brought them back. */
  public autoscaledPools(clusterId: string): readonly AutoscaledPool[] {
    return [...(this.#autoscaled.get(clusterId)?.values() ?? [])];
  }

  /** What went wrong in what the cloud does by itself in a cluster: autoscalers and volume drivers. */
  public failures(clusterId: string): readonly string[] {
    return this.#loops.get(clusterId)?.failures ?? [];
  }

  /** Ends what the cloud does by itself. Control planes stay up. */
  public async close(): Promise<void> {
    await Promise.all([...this.#loops.values()].map((loop) => loop.stop()));
  }

  public async addDefinitions(clusterId: string, definitions: readonly HostedDefinition[]): Promise<void> {
    await installDefinitions(await this.#kubeconfig(clusterId), definitions);
  }

  /** Asks the folders rather than this process's memory, so that clusters of an earlier run are known too. */
  public async adminKubeconfig(server: string): Promise<string | undefined> {
    const { dir } = this.options;
    for (const entry of existsSync(dir) ? await readdir(dir) : []) {
      const path = join(dir, entry, files.kubeconfig);
      if (!existsSync(path)) continue;
      const kubeconfig = await readFile(path, "utf8");
      if (serverIn(kubeconfig) === server) return kubeconfig;
    }
    return undefined;
  }

  /** Where a cluster's state, logs and kubeconfig are. */
  public clusterDir(clusterId: string): string {
    if (!/^[\w-]+$/.test(clusterId)) {
      throw new Error(
        `Cluster id ${JSON.stringify(clusterId)}: only letters, digits, "-" and "_" make a folder's name.`,
      );
    }
    return join(this.options.dir, clusterId);
  }

  #play(clusterId: string, kubeconfig: string): void {
    if (this.#loops.has(clusterId)) return;
    const look = async () => {
      await playVolumes(kubeconfig);
      await this.#alone(clusterId, async () => {
        await this.#readKarpenter(clusterId, kubeconfig);
        await playAutoscaler(kubeconfig, this.autoscaledPools(clusterId));
      });
    };
    this.#loops.set(clusterId, new ClusterLoop(look));
  }

  /** Karpenter's pools are objects in the cluster, that come and go with no call to the cloud. */
  async #readKarpenter(clusterId: string, kubeconfig: string): Promise<void> {
    const objects = await karpenterObjects(kubeconfig);
    const before = this.autoscaledPools(clusterId).filter(isKarpenters);
    if (objects === undefined || (objects.nodePools.length === 0 && before.length === 0)) return;
    const api = kubeConfig(kubeconfig).makeApiClient(CoreV1Api);
    const { items } = await api.listNode();
    const pools = karpenterPools(objects, items);
    for (const { poolId } of before) this.#setAutoscaled(clusterId, poolId, undefined);
    for (const pool of pools) this.#setAutoscaled(clusterId, pool.poolId, pool);
    await Promise.all(orphans(items, pools).map(({ metadata }) => removeNode(api, metadata?.name ?? "")));
  }

  #setAutoscaled(clusterId: string, poolId: string, pool: AutoscaledPool | undefined): void {
    const pools = this.#autoscaled.get(clusterId) ?? new Map<string, AutoscaledPool>();
    if (pool === undefined) pools.delete(poolId);
    else pools.set(poolId, pool);
    this.#autoscaled.set(clusterId, pools);
  }

  async #alone(clusterId: string, work: () => Promise<void>): Promise<void> {
    const before = this.#nodeWork.get(clusterId) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#nodeWork.set(clusterId, mine);
    await mine;
  }

  async #api(clusterId: string): Promise<CoreV1Api> {
    return kubeConfig(await this.#kubeconfig(clusterId)).makeApiClient(CoreV1Api);
  }

  async #kubeconfig(clusterId: string): Promise<string> {
    const path = join(this.clusterDir(clusterId), files.kubeconfig);
    if (!existsSync(path))
      throw new Error(`There is no cluster ${clusterId}: ${path} does not exist. Create it first.`);
    return readFile(path, "utf8");
  }

  async #untilReady(api: CoreV1Api, pool: HostedPool): Promise<void> {
    const deadline = Date.now() + nodesReadyWithinMs;
    for (;;) {
      const waiting = (await poolNodes(api, pool.poolId)).filter((node) => !isReady(node));
      if (waiting.length === 0) return;
      if (Date.now() > deadline) {
        const names = waiting.map((node) => node.metadata?.name).join(", ");
        const log = logPath(this.clusterDir(pool.clusterId), "kwok");
        throw new Error(
          `Nodes not ready after ${nodesReadyWithinMs / 1000} s: ${names}. kwok plays them; its log is ${log}.`,
        );
      }
      await sleep(50);
    }
  }
}

const poolNodes = async (api: CoreV1Api, poolId: string): Promise<V1Node[]> =>
  (await api.listNode({ labelSelector: `${poolIdLabel}=${poolId}` })).items;

/** Writes against the newest version of the node, again where kwok or a controller was faster. */
const bringTo = async (api: CoreV1Api, wanted: V1Node): Promise<void> => {
  const name = wanted.metadata?.name ?? "";
  await againOnConflict(async () => api.replaceNode({ name, body: withSpec(await api.readNode({ name }), wanted) }));
  await againOnConflict(async () =>
    api.replaceNodeStatus({ name, body: withCapacity(await api.readNode({ name }), wanted) }),
  );
};

const againOnConflict = async (write: () => Promise<unknown>, tries = 10): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await write();
      return;
    } catch (error) {
      if (!failedWith(error, conflict) || attempt === tries) throw error;
    }
  }
};

/**
 * A node that a cloud takes away, and its pods with it: nothing would end them otherwise for a minute, until the garbage
 * collector gives up waiting for the node to come back.
 */
const removeNode = async (api: CoreV1Api, name: string): Promise<void> => {
  await ignoreAbsent(api.deleteNode({ name }));
  const { items } = await api.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${name}` });
  await Promise.all(
    items.map(({ metadata }) =>
      ignoreAbsent(
        api.deleteNamespacedPod({
          name: metadata?.name ?? "",
          namespace: metadata?.namespace ?? "",
          gracePeriodSeconds: 0,
        }),
      ),
    ),
  );
};

const ignoreAbsent = async (call: Promise<unknown>): Promise<void> => {
  try {
    await call;
  } catch (error) {
    if (!failedWith(error, notFound)) throw error;
  }
};
