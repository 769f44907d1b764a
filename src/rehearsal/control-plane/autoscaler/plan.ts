import type { V1DaemonSet, V1Node, V1Pod } from "@kubernetes/client-node";
import { nodeLabel } from "../../../../components/node-pools/node-pool";
import type { HostedNode } from "../../cluster-host";
import { hasEnded, isUnschedulable } from "../placement/pods";
import { amount, podRequest } from "../placement/quantities";
import { nodeObject, poolIdLabel } from "../pool-nodes";
import { mayRunOn } from "./fit";

export const zoneLabel = "topology.kubernetes.io/zone";

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

/**
 * All that a further node of a pool of this size may be like, the preferred one first: one in each zone, from the one whose
 * turn it is, or one where no zone is said.
 */
export const candidates = ({ node, zones = [] }: AutoscaledPool, size: number): readonly HostedNode[] => {
  if (zones.length === 0) return [node];
  const turn = size % zones.length;
  return [...zones.slice(turn), ...zones.slice(0, turn)].map((zone) => ({
    ...node,
    labels: { ...node.labels, [zoneLabel]: zone },
  }));
};

/** What there is in a cluster, as far as it decides about nodes. */
export interface ClusterState {
  readonly nodes: readonly V1Node[];
  readonly pods: readonly V1Pod[];
  readonly daemonSets: readonly V1DaemonSet[];
}

/**
 * The nodes that each pool is to be given, by pool id, so that pods that found no node find one: no more than the pool's
 * maximum allows, and none for pods that have room on a node that is there, which the scheduler will find by itself. Each is
 * in the zone whose turn it is, or in the next one after it that the pod may run in.
 */
export const nodesToAdd = (
  { nodes, pods, daemonSets }: ClusterState,
  pools: readonly AutoscaledPool[],
): ReadonlyMap<string, readonly HostedNode[]> => {
  const rooms = nodes.map((node) => roomOn(node, pods, []));
  const added = new Map<string, readonly HostedNode[]>();
  for (const pod of pods.filter(isUnschedulable)) {
    const room = rooms.find((one) => one.takes(pod));
    if (room !== undefined) {
      room.give(pod);
      continue;
    }
    for (const pool of pools) {
      const before = added.get(pool.poolId) ?? [];
      const size = sizeOf(pool, nodes) + before.length;
      const fitting = size >= pool.max ? undefined : fittingNode(pod, pool, { size, daemonSets });
      if (fitting === undefined) continue;
      fitting.room.give(pod);
      rooms.push(fitting.room);
      added.set(pool.poolId, [...before, fitting.node]);
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
      fittingNode(pod, pool, { size: sizeOf(pool, nodes), daemonSets }) !== undefined,
  );

/**
 * Nodes that the pool may have by what its users know: its own maximum, and nodes of the same pool of an environment that
 * something else than this autoscaler keeps, as a managed node group does beside Karpenter.
 */
export const wholeMaximum = ({ poolId, max, node }: AutoscaledPool, nodes: readonly V1Node[]): number => {
  const [pool, environment] = [node.labels[nodeLabel.pool], node.labels[nodeLabel.environment]];
  if (pool === undefined) return max;
  const others = nodes.filter(
    ({ metadata: { labels = {} } = {} }) =>
      labels[nodeLabel.pool] === pool &&
      labels[nodeLabel.environment] === environment &&
      labels[poolIdLabel] !== poolId,
  );
  return max + others.length;
};

/** Whether the pod waits for nothing but the scheduler's next look: a node that may take it has room. */
export const hasRoom = (pod: V1Pod, { nodes, pods }: Pick<ClusterState, "nodes" | "pods">): boolean =>
  nodes.some((node) => roomOn(node, pods, []).takes(pod));

export const sizeOf = ({ poolId }: AutoscaledPool, nodes: readonly V1Node[]): number =>
  nodes.filter(({ metadata }) => metadata?.labels?.[poolIdLabel] === poolId).length;

interface Fitting {
  readonly node: HostedNode;
  readonly room: Room;
}

/** The first of the pool's candidates that could take the pod, were it new. */
const fittingNode = (
  pod: V1Pod,
  pool: AutoscaledPool,
  { size, daemonSets }: { readonly size: number } & Pick<ClusterState, "daemonSets">,
): Fitting | undefined => {
  const fresh = candidates(pool, size).map((node) => ({
    node,
    room: roomOn(nodeObject(pool.poolId, node), [], daemonSets),
  }));
  return fresh.find(({ room }) => room.takes(pod));
};

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
