import { createHash, randomInt } from "node:crypto";

import { linodeNodeResources, linodePlans } from "../../../../components/node-pools/linode-plans";
import type { HostedNode, HostedPool } from "../../cluster-host";
import type { InventoryRecord } from "../../inventory";
import { atLeast, list, map, object, oneOf, optional, required, set, text, number, type PropertyTable } from "../shape";
import type { CheckFailure, Services } from "../stand-in";
import type { PropertyPath } from "../property-path";
import { isList, isProperties, present, textOf, type Properties, type Value } from "../values";
import { labelValue, LinodeApiError, plan, tag } from "./rules";

/** What nested and separate pools of a cluster have in common. */

export const clusterType = "linode:index/lkeCluster:LkeCluster";
export const poolType = "linode:index/lkeNodePool:LkeNodePool";

/** Nodes that one pool may have, in LKE's standard tier. */
const maxNodes = 100;

export const tagSet = set(text(tag));

/** Inputs of a pool that are named alike in both. */
export const poolProperties: PropertyTable = {
  autoscaler: optional(object({ min: required(number(atLeast(1))), max: required(number(atLeast(1))) })),
  k8sVersion: optional(text()),
  labels: optional(map(text(labelValue))),
  tags: optional(tagSet),
  taints: optional(
    set(
      object({
        effect: required(text(oneOf("NoSchedule", "PreferNoSchedule", "NoExecute"))),
        key: required(text()),
        value: required(text(labelValue)),
      }),
    ),
  ),
  type: required(text(plan)),
  updateStrategy: optional(text(oneOf("rolling_update", "on_recycle"))),
};

export const nestedPools = list(
  object({
    ...poolProperties,
    count: optional(number(atLeast(1))),
    diskEncryption: optional(text(oneOf("enabled", "disabled"))),
  }),
  1,
);

/** What the API refuses in how a pool's size is given. */
export const sizeFailures = (pool: Properties, count: "count" | "nodeCount", at: PropertyPath): CheckFailure[] => {
  const { autoscaler } = pool;
  const failures: CheckFailure[] = [];
  const size = pool[count];
  if ((size ?? null) === null && (autoscaler ?? null) === null) {
    failures.push({ path: [...at, count], reason: "missing, and required where there is no autoscaler" });
  }
  if (typeof size === "number" && size > maxNodes) {
    failures.push({ path: [...at, count], reason: `found ${size}, allowed: at most ${maxNodes} nodes` });
  }
  if (isProperties(autoscaler) && typeof autoscaler.min === "number" && typeof autoscaler.max === "number") {
    if (autoscaler.min > autoscaler.max) {
      const reason = `found min ${autoscaler.min} above max ${autoscaler.max}`;
      failures.push({ path: [...at, "autoscaler"], reason });
    }
  }
  return failures;
};

/** A pool as the cloud keeps it, its size under `count` wherever it was declared. */
export interface PoolArgs {
  readonly clusterId: string;
  readonly region: string;
  readonly poolId: string;
  /** What was asked for. */
  readonly pool: Properties;
  /** What the cloud had before, whose nodes stay. */
  readonly before?: Properties | undefined;
  /** True for a pool that is declared inside its cluster. */
  readonly nested: boolean;
}

/** Makes the pool or brings it to what is asked for, its nodes in the cluster included. */
export const applyPool = async (args: PoolArgs, { inventory, clusterHost }: Services): Promise<Properties> => {
  const { clusterId, poolId, pool, before, nested } = args;
  const nodes = nodesFor(poolId, sizeOf(pool, before), before?.nodes);
  const kept = present({
    clusterId: Number(clusterId),
    id: Number(poolId),
    type: pool.type,
    count: nodes.length,
    autoscaler: pool.autoscaler ?? undefined,
    labels: pool.labels ?? {},
    tags: pool.tags ?? [],
    taints: pool.taints ?? [],
    diskEncryption: pool.diskEncryption ?? before?.diskEncryption ?? "enabled",
    k8sVersion: pool.k8sVersion ?? "",
    updateStrategy: pool.updateStrategy ?? "",
    nodes,
  });
  const label = `lke${clusterId}-${poolId}`;
  const partOf = nested ? { partOf: { type: clusterType, id: clusterId } } : {};
  inventory.put({ type: poolType, id: poolId, label, properties: kept, ...partOf });
  await clusterHost.applyPool(hostedPool(clusterId, args.region, poolId, kept));
  return kept;
};

export const removePool = async (
  clusterId: string,
  poolId: string,
  { inventory, clusterHost }: Services,
): Promise<void> => {
  inventory.remove({ type: poolType, id: poolId });
  await clusterHost.removePool(clusterId, poolId);
};

/** Every pool of the cluster, in the order in which they were made. */
export const poolsOf = (clusterId: string, { inventory }: Services): InventoryRecord[] =>
  inventory.list({ type: poolType }).filter(({ properties }) => properties.clusterId === Number(clusterId));

export const clusterOf = (clusterId: string, { inventory }: Services): InventoryRecord => {
  const cluster = inventory.get({ type: clusterType, id: clusterId });
  if (cluster === undefined) throw new LinodeApiError(404, "cluster_id", `There is no LKE cluster ${clusterId}.`);
  return cluster;
};

/**
 * With an autoscaler the number that was asked for only counts at first; later it is the autoscaler's, within its
 * bounds.
 */
const sizeOf = (pool: Properties, before: Properties | undefined): number => {
  const { autoscaler } = pool;
  const asked = typeof pool.count === "number" ? pool.count : undefined;
  if (!isProperties(autoscaler)) return asked ?? 0;
  const [min, max] = [Number(autoscaler.min), Number(autoscaler.max)];
  const current = asked ?? (typeof before?.count === "number" ? before.count : min);
  return Math.min(Math.max(current, min), max);
};

const nodesFor = (poolId: string, count: number, before: Value | undefined): Value[] => {
  const kept = isList(before) ? before.slice(0, count) : [];
  const added = Array.from({ length: count - kept.length }, (_, index) => {
    const suffix = createHash("sha256")
      .update(`${poolId} ${kept.length + index}`)
      .digest("hex")
      .slice(0, 12);
    return { id: `${poolId}-${suffix}`, instanceId: randomInt(10_000_000, 99_999_999), status: "ready" };
  });
  return [...kept, ...added];
};

/** The pool as its cluster's host is told of it. */
export const hostedPool = (clusterId: string, region: string, poolId: string, pool: Properties): HostedPool => {
  const { autoscaler } = pool;
  const [like] = hostedNodes(region, { ...pool, nodes: [{ id: `${poolId}-added` }] });
  return {
    clusterId,
    poolId,
    nodes: hostedNodes(region, pool),
    ...(isProperties(autoscaler) && typeof autoscaler.max === "number" && like !== undefined
      ? { growth: { max: autoscaler.max, node: like } }
      : {}),
  };
};

/** The pool's nodes with the labels that LKE puts on them, and those of the pool. */
export const hostedNodes = (region: string, pool: Properties): HostedNode[] => {
  const plan = linodePlans[textOf(pool.type)];
  if (plan === undefined) throw new LinodeApiError(400, "type", `${textOf(pool.type)} is no plan of LKE.`);
  const { capacity, allocatable } = linodeNodeResources(plan);
  const nodes = isList(pool.nodes) ? pool.nodes : [];
  return nodes.filter(isProperties).map((node) => {
    const name = `lke${textOf(pool.clusterId)}-${textOf(node.id)}`;
    return {
      name,
      labels: {
        ...(pool.labels as Readonly<Record<string, string>>),
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "lke.linode.com/pool-id": textOf(pool.id),
        "node.kubernetes.io/instance-type": plan.name,
        "topology.kubernetes.io/region": region,
      },
      taints: pool.taints as HostedNode["taints"],
      capacity,
      allocatable,
    };
  });
};
