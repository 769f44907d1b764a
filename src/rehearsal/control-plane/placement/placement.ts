import type { V1Node, V1Pod } from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { nodeLabel } from "../../../../components/node-pools/node-pool";
import { hasRoom, isAdded, nodesToAdd, poolsAtMaximum, wholeMaximum, type AutoscaledPool } from "../autoscaler";
import { isReady } from "../pool-nodes";
import { hasEnded, isPlaced, isUnschedulable, whyUnplaced } from "./pods";
import { amount, podRequest } from "./quantities";
import { controllersSettled, missingPods } from "./missing";
import type { NodeUse, PlacementReport, QuotaUse, UnplacedPod } from "./report";
import { takeSnapshot, type Snapshot } from "./snapshot";

/** Where everything is at this moment. */
export const placementReport = async (kubeconfig: string): Promise<PlacementReport> =>
  reportFrom(await takeSnapshot(kubeconfig));

/**
 * {@link placementReport}, once nothing is on its way any more: every node is ready, every controller has made its pods
 * or said why not, and every pod runs or has the scheduler's verdict. After `withinMs` it is reported as it then is.
 */
export const settledPlacement = async (
  kubeconfig: string,
  { pools = [], withinMs = 60_000 }: SettledOptions = {},
): Promise<PlacementReport> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const snapshot = await takeSnapshot(kubeconfig);
    if (isSettled(snapshot, pools) || Date.now() > deadline) return reportFrom(snapshot, pools);
    await sleep(200);
  }
};

export interface SettledOptions {
  /** Those that an autoscaler is at work on: while it can help a pod, the pod is on its way. @default none */
  readonly pools?: readonly AutoscaledPool[];
  /** Milliseconds. @default 60,000 */
  readonly withinMs?: number;
}

export const isSettled = (snapshot: Snapshot, pools: readonly AutoscaledPool[] = []): boolean =>
  // A verdict from before a node was ready says nothing about it.
  snapshot.nodes.every(isReady) &&
  controllersSettled(snapshot) &&
  nodesToAdd(snapshot, pools).size === 0 &&
  !snapshot.pods.some(
    (pod) => isUnschedulable(pod) && hasRoom(pod, { ...snapshot, nodes: snapshot.nodes.filter(isAdded) }),
  ) &&
  snapshot.pods.every((pod) => isPlaced(pod) || isUnschedulable(pod)) &&
  snapshot.pods.every(({ metadata }) => metadata?.deletionTimestamp === undefined);

export const reportFrom = (snapshot: Snapshot, pools: readonly AutoscaledPool[] = []): PlacementReport => {
  const unplaced = snapshot.pods.filter((pod) => !isPlaced(pod));
  return {
    nodes: snapshot.nodes.map((node) => nodeUse(node, snapshot.pods)).sort(byPoolThenName),
    quotas: quotaUses(snapshot),
    placed: snapshot.pods.length - unplaced.length,
    unplaced: unplaced.map((pod) => unplacedPod(pod, snapshot, pools)),
    missing: missingPods(snapshot),
  };
};

const nodeUse = (node: V1Node, pods: readonly V1Pod[]): NodeUse => {
  const labels = node.metadata?.labels ?? {};
  const here = pods.filter((pod) => pod.spec?.nodeName === node.metadata?.name && !hasEnded(pod));
  const use = (resource: string) => ({
    requested: here.reduce((sum, pod) => sum + podRequest(pod, resource), 0),
    allocatable: amount(node.status?.allocatable?.[resource]),
  });
  return {
    name: node.metadata?.name ?? "",
    environment: labels[nodeLabel.environment] ?? "",
    pool: labels[nodeLabel.pool] ?? "",
    zone: labels["topology.kubernetes.io/zone"] ?? "",
    added: isAdded(node),
    cpu: use("cpu"),
    memory: use("memory"),
    gpus: use("nvidia.com/gpu"),
    pods: { requested: here.length, allocatable: amount(node.status?.allocatable?.["pods"]) },
  };
};

const byPoolThenName = (a: NodeUse, b: NodeUse): number =>
  [a.environment, a.pool, a.name].join("/").localeCompare([b.environment, b.pool, b.name].join("/"));

const quotaUses = (snapshot: Snapshot): QuotaUse[] =>
  snapshot.quotas
    .flatMap(({ metadata, status }) =>
      Object.entries(status?.hard ?? {}).map(([resource, hard]) => {
        const used = status?.used?.[resource] ?? "0";
        return {
          namespace: metadata?.namespace ?? "",
          quota: metadata?.name ?? "",
          resource,
          used,
          hard,
          share: amount(used) === 0 ? 0 : amount(used) / amount(hard),
        };
      }),
    )
    .sort((a, b) => `${a.namespace}/${a.resource}`.localeCompare(`${b.namespace}/${b.resource}`));

const unplacedPod = (pod: V1Pod, snapshot: Snapshot, pools: readonly AutoscaledPool[]): UnplacedPod => ({
  namespace: pod.metadata?.namespace ?? "",
  name: pod.metadata?.name ?? "",
  phase: pod.status?.phase ?? "Unknown",
  reason: [whyUnplaced(pod), ...(isUnschedulable(pod) ? limits(pod, snapshot, pools) : [])].join(" "),
});

const limits = (pod: V1Pod, snapshot: Snapshot, pools: readonly AutoscaledPool[]): readonly string[] =>
  poolsAtMaximum(pod, snapshot, pools).map((pool) => {
    const most = wholeMaximum(pool, snapshot.nodes);
    const name = pool.node.labels[nodeLabel.pool] ?? pool.poolId;
    return `pool ${name} is at its maximum of ${most} ${most === 1 ? "node" : "nodes"}`;
  });
