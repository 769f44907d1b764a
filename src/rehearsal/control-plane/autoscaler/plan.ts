import type { V1DaemonSet, V1Node, V1Pod } from "@kubernetes/client-node";
import type { HostedNode } from "../../cluster-host";
import { hasEnded, isUnschedulable } from "../placement/pods";
import { amount, podRequest } from "../placement/quantities";
import { nodeObject, poolIdLabel } from "../pool-nodes";
import { mayRunOn } from "./fit";

/** A pool that its cloud's autoscaler may make larger. */
export interface AutoscaledPool {
  readonly poolId: string;
  /** Nodes that it may have. */
  readonly max: number;
  /** What each further node is like. */
  readonly node: HostedNode;
  /**
   * Zones that further nodes are in, in turn.
   * @default the node's own
   */
  readonly zones?: readonly string[];
}

/** What the pool's node with this index is like, from 0. */
export const nodeAt = ({ node, zones = [] }: AutoscaledPool, index: number): HostedNode => {
  const zone = zones[index % Math.max(zones.length, 1)];
  return zone === undefined ? node : { ...node, labels: { ...node.labels, "topology.kubernetes.io/zone": zone } };
};

/** All that a further node may be like: one in each zone, or one where no zone is said. */
const kinds = (pool: AutoscaledPool): HostedNode[] =>
  Array.from({ length: Math.max(pool.zones?.length ?? 0, 1) }, (_, index) => nodeAt(pool, index));

/** What there is in a cluster, as far as it decides about nodes. */
export interface ClusterState {
  readonly nodes: readonly V1Node[];
  readonly pods: readonly V1Pod[];
  readonly daemonSets: readonly V1DaemonSet[];
}

/**
 * How many nodes each pool is to be given, by pool id, so that pods that found no node find one: no more than the pool's
 * maximum allows, and none for pods that have room on a node that is there, which the scheduler will find by itself.
 */
export const nodesToAdd = (
  { nodes, pods, daemonSets }: ClusterState,
  pools: readonly AutoscaledPool[],
): ReadonlyMap<string, number> => {
  const rooms = nodes.map((node) => roomOn(node, pods, []));
  const added = new Map<string, number>();
  for (const pod of pods.filter(isUnschedulable)) {
    const room = rooms.find((one) => one.takes(pod));
    if (room !== undefined) {
      room.give(pod);
      continue;
    }
    for (const pool of pools) {
      const count = sizeOf(pool, nodes) + (added.get(pool.poolId) ?? 0);
      const fresh = roomOn(nodeObject(pool.poolId, nodeAt(pool, count)), [], daemonSets);
      if (count >= pool.max || !fresh.takes(pod)) continue;
      fresh.give(pod);
      rooms.push(fresh);
      added.set(pool.poolId, (added.get(pool.poolId) ?? 0) + 1);
      break;
    }
  }
  return added;
};

/** Pools whose nodes could take the pod, and that may not have one more. */
export const poolsAtMaximum = (
  pod: V1Pod,
  { nodes, daemonSets }: Pick<ClusterState, "nodes" | "daemonSets">,
  pools: readonly AutoscaledPool[],
): readonly AutoscaledPool[] =>
  pools.filter(
    (pool) =>
      sizeOf(pool, nodes) >= pool.max &&
      kinds(pool).some((node) => roomOn(nodeObject(pool.poolId, node), [], daemonSets).takes(pod)),
  );

/** Whether the pod waits for nothing but the scheduler's next look: a node that may take it has room. */
export const hasRoom = (pod: V1Pod, { nodes, pods }: Pick<ClusterState, "nodes" | "pods">): boolean =>
  nodes.some((node) => roomOn(node, pods, []).takes(pod));

export const sizeOf = ({ poolId }: AutoscaledPool, nodes: readonly V1Node[]): number =>
  nodes.filter(({ metadata }) => metadata?.labels?.[poolIdLabel] === poolId).length;

interface Room {
  takes(pod: V1Pod): boolean;
  give(pod: V1Pod): void;
}

/**
 * What is free on a node beside these pods, and beside what DaemonSets will put there where it is new. A resource that the
 * node doesn't have is one that it has none of.
 */
const roomOn = (node: V1Node, pods: readonly V1Pod[], daemonSets: readonly V1DaemonSet[]): Room => {
  const name = node.metadata?.name;
  const free = new Map(
    Object.entries(node.status?.allocatable ?? {}).map(([resource, quantity]) => [resource, amount(quantity)]),
  );
  const give = (pod: V1Pod): void => {
    for (const [resource, asked] of requestsOf(pod)) free.set(resource, (free.get(resource) ?? 0) - asked);
  };
  for (const pod of pods) if (pod.spec?.nodeName === name && !hasEnded(pod)) give(pod);
  for (const { spec, metadata } of daemonSets) {
    const pod: V1Pod = { ...spec?.template, metadata: { ...spec?.template.metadata, name: metadata?.name ?? "" } };
    if (mayRunOn(pod, node)) give(pod);
  }
  return {
    give,
    takes: (pod) =>
      mayRunOn(pod, node) &&
      requestsOf(pod).every(([resource, asked]) => asked <= (free.get(resource) ?? 0) + rounding),
  };
};

/** Cores are added up as floating-point numbers; the scheduler counts whole thousandths. */
const rounding = 1e-6;

/** Everything that the pod asks for, itself counted as one of a node's pods. */
const requestsOf = (pod: V1Pod): readonly (readonly [string, number])[] => {
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const asked = [...containers.map(({ resources }) => resources?.requests), pod.spec?.overhead];
  const resources = new Set(asked.flatMap((requests) => Object.keys(requests ?? {})));
  return [
    ["pods", 1],
    ...[...resources].map((resource) => [resource, podRequest(pod, resource)] as const).filter(([, sum]) => sum > 0),
  ];
};
