import { mainPool } from "../main-pool";
import type { NodePoolArgs, NodePools } from "../node-pool";

/**
 * Who makes a pool's nodes on AWS, as plain data: it loads no SDK. A managed node group has those that always stay, which
 * also are there when Karpenter is not; Karpenter adds those between `min` and `max`, of the same plan and with the same
 * labels and taints, and takes them away again.
 */

/** Nodes of a pool's managed group, whose number nobody but the program changes. */
export const managedNodes = ({ count, autoscaling }: NodePoolArgs): number => autoscaling?.min ?? count;

/** Nodes that Karpenter may add to a pool. */
export const karpenterNodes = ({ autoscaling }: NodePoolArgs): number =>
  autoscaling === undefined ? 0 : autoscaling.max - autoscaling.min;

/** The pools that Karpenter may add nodes to. */
export const growingPools = (pools: NodePools): [name: string, pool: NodePoolArgs][] =>
  Object.entries(pools).filter(([, pool]) => karpenterNodes(pool) > 0);

/** The pool that is there for Karpenter alone, where no other will do. */
export const ownPool = "karpenter";

/**
 * Karpenter asks for 1 CPU and 1 GiB, and there are two of it. Beside it there is room for what EKS itself runs, where no
 * other pool keeps a node. Its taint keeps services off, and is tolerated by EKS' add-ons.
 */
export const ownNodes: NodePoolArgs = {
  plan: "m7i.large",
  count: 2,
  taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }],
};

/** Replicas of Karpenter, each on a node of its own that Karpenter doesn't manage: it must not take itself away. */
export const replicas = 2;

/**
 * The name of the pool that Karpenter runs on: the main one of the general ones that keep enough nodes, take every pod and
 * aren't spot. Undefined where there is none.
 */
export const homeAmong = (pools: NodePools): string | undefined => {
  const fit = Object.entries(pools).filter(
    ([, pool]) => managedNodes(pool) >= replicas && pool.spot !== true && !keepsOff(pool),
  );
  return mainPool(Object.fromEntries(fit))?.[0];
};

/** GPU nodes have a taint of their own. */
const keepsOff = ({ purpose, taints = [] }: NodePoolArgs): boolean =>
  purpose === "inference" || taints.some(({ effect }) => effect !== "PreferNoSchedule");

/** The nodes that come to the pools of a cluster for Karpenter alone; none where nothing grows, or where a pool will do. */
export const nodesForKarpenterAlone = (pools: NodePools, members: number): NodePoolArgs | undefined =>
  runsKarpenter(pools, members) && homeAmong(pools) === undefined ? ownNodes : undefined;

/** Whether a cluster has Karpenter: members' pools may grow as well, and what they grow by is the owner's. */
export const runsKarpenter = (pools: NodePools, members: number): boolean =>
  members > 0 || growingPools(pools).length > 0;
