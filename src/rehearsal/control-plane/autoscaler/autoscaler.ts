import { AppsV1Api, CoreV1Api, type V1Node } from "@kubernetes/client-node";
import { conflict, failedWith, kubeConfig } from "../api-client";
import { isUnschedulable } from "../placement/pods";
import { nodeObject, poolIdLabel } from "../pool-nodes";
import { nodeAt, nodesToAdd, sizeOf, type AutoscaledPool } from "./plan";

/** On nodes that the autoscaler added, so that they are told from those that the program asked for. */
export const addedBy = { key: "rehearsal.holdfast.dev/added-by", value: "autoscaler" } as const;

export const isAdded = ({ metadata }: V1Node): boolean => metadata?.annotations?.[addedBy.key] === addedBy.value;

/** One look at a cluster: pools get the nodes that pods wait for. */
export const playAutoscaler = async (kubeconfig: string, pools: readonly AutoscaledPool[]): Promise<void> => {
  if (pools.length === 0) return;
  const config = kubeConfig(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const waiting = await core.listPodForAllNamespaces({ fieldSelector: "status.phase=Pending" });
  if (!waiting.items.some(isUnschedulable)) return;
  const [nodes, pods, daemonSets] = await Promise.all([
    core.listNode(),
    core.listPodForAllNamespaces(),
    config.makeApiClient(AppsV1Api).listDaemonSetForAllNamespaces(),
  ]);
  const state = { nodes: nodes.items, pods: pods.items, daemonSets: daemonSets.items };
  const adding = nodesToAdd(state, pools);
  await Promise.all(
    pools.flatMap((pool) =>
      furtherNodes(pool, nodes.items, adding.get(pool.poolId) ?? 0).map(async (body) => {
        try {
          await core.createNode({ body });
        } catch (error) {
          // There already: the next look counts it.
          if (!failedWith(error, conflict)) throw error;
        }
      }),
    ),
  );
};

/** This many nodes like the pool's, with the first numbers that are free. */
export const furtherNodes = (pool: AutoscaledPool, present: readonly V1Node[], count: number): V1Node[] => {
  const { poolId } = pool;
  const size = sizeOf(pool, present);
  const taken = new Set(present.map(({ metadata }) => metadata?.name));
  const made: V1Node[] = [];
  for (let number = 1; made.length < count; number++) {
    const node = nodeAt(pool, size + made.length);
    const name = `${node.name}-${number}`;
    if (taken.has(name)) continue;
    const labels = { ...node.labels, "kubernetes.io/hostname": name };
    const body = nodeObject(poolId, { ...node, name, labels });
    made.push({ ...body, metadata: { ...body.metadata, annotations: { [addedBy.key]: addedBy.value } } });
  }
  return made;
};

/**
 * The added nodes that a pool goes on with when it is applied anew, as it now wants them: with those that the program asks
 * for they are no more than its maximum.
 */
export const keptNodes = (pool: AutoscaledPool | undefined, present: readonly V1Node[], asked: number): V1Node[] => {
  if (pool === undefined) return [];
  const added = present.filter((node) => isAdded(node) && node.metadata?.labels?.[poolIdLabel] === pool.poolId);
  return added.slice(0, Math.max(pool.max - asked, 0)).map(({ metadata }) => {
    const name = metadata?.name ?? "";
    return nodeObject(pool.poolId, {
      ...pool.node,
      name,
      labels: { ...pool.node.labels, "kubernetes.io/hostname": name },
    });
  });
};
