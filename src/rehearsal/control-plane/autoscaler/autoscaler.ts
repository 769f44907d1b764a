import { AppsV1Api, CoreV1Api, type V1Node } from "@kubernetes/client-node";
import type { HostedNode } from "../../cluster-host";
import { conflict, failedWith, kubeConfig } from "../api-client";
import { isUnschedulable } from "../placement/pods";
import { nodeObject, poolIdLabel } from "../pool-nodes";
import { nodesToAdd, zoneLabel, type AutoscaledPool } from "./plan";

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
      namedNodes(pool, nodes.items, adding.get(pool.poolId) ?? []).map(async (body) => {
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

/** The Node objects of these further nodes, named with the pool's first numbers that are free. */
export const namedNodes = (
  { poolId }: AutoscaledPool,
  present: readonly V1Node[],
  further: readonly HostedNode[],
): V1Node[] => {
  const taken = new Set(present.map(({ metadata }) => metadata?.name));
  return further.map((node) => {
    let number = 1;
    while (taken.has(`${node.name}-${number}`)) number++;
    const name = `${node.name}-${number}`;
    taken.add(name);
    const labels = { ...node.labels, "kubernetes.io/hostname": name };
    const body = nodeObject(poolId, { ...node, name, labels });
    return { ...body, metadata: { ...body.metadata, annotations: { [addedBy.key]: addedBy.value } } };
  });
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
    const zone = metadata?.labels?.[zoneLabel] ?? "";
    const stays = pool.zones?.includes(zone) === true && { [zoneLabel]: zone };
    return nodeObject(pool.poolId, {
      ...pool.node,
      name,
      labels: { ...pool.node.labels, ...stays, "kubernetes.io/hostname": name },
    });
  });
};
