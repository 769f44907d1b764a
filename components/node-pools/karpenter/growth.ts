import { inputError } from "../../shared";
import { nodeTaints, type NodePoolArgs, type NodePools } from "../node-pool";

/**
 * Who makes a pool's nodes on AWS. A managed node group has those that always stay, which also are there when Karpenter is
 * not; Karpenter adds those between `min` and `max`, of the same plan and with the same labels and taints, and takes them
 * away again.
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
const ownPool = "karpenter";

/**
 * Karpenter asks for 1 CPU and 1 GiB, and there are two of it. Beside it there is room for what EKS itself runs, where no
 * other pool keeps a node. Its taint keeps services off, and is tolerated by EKS' add-ons.
 */
const ownNodes: NodePoolArgs = {
  plan: "m7i.large",
  count: 2,
  taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }],
};

/** Replicas of Karpenter, each on a node of its own that Karpenter doesn't manage: it must not take itself away. */
export const replicas = 2;

/** Where Karpenter runs. */
export interface KarpenterHome {
  /** The name of a pool whose managed group has a node for each replica. */
  readonly pool: string;
  /** The cluster's pools, with one for Karpenter where none of them will do. */
  readonly pools: NodePools;
}

/**
 * A general pool that keeps enough nodes, takes every pod and isn't spot: `baseline`, or else the first by name. Where there
 * is none, two small nodes for Karpenter come to the pools.
 * @throws InputPropertyError where the name of that pool is taken
 */
export const karpenterHome = (pools: NodePools): KarpenterHome => {
  const fit = Object.entries(pools).filter(
    ([, pool]) => managedNodes(pool) >= replicas && pool.spot !== true && !keepsOff(pool),
  );
  const names = fit.map(([name]) => name).sort((a, b) => (a < b ? -1 : 1));
  const home = names.find((name) => name === "baseline") ?? names.at(0);
  if (home !== undefined) return { pool: home, pools };
  if (ownPool in pools) {
    throw inputError(
      `nodePools.${ownPool}`,
      `the name is taken by the pool that Karpenter itself runs on where no general pool keeps ${replicas} nodes. ` +
        `Rename the pool, or let a general one keep ${replicas}.`,
    );
  }
  return { pool: ownPool, pools: { ...pools, [ownPool]: ownNodes } };
};

const keepsOff = (pool: NodePoolArgs): boolean => nodeTaints(pool).some(({ effect }) => effect !== "PreferNoSchedule");
