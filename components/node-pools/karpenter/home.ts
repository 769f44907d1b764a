import { inputError } from "../../shared";
import type { NodePools } from "../node-pool";
import { homeAmong, ownNodes, ownPool, replicas } from "./growth";

/** Where Karpenter runs. */
export interface KarpenterHome {
  /** The name of a pool whose managed group has a node for each replica. */
  readonly pool: string;
  /** The cluster's pools, with one for Karpenter where none of them will do. */
  readonly pools: NodePools;
}

/**
 * A pool of the cluster's, or where none of them will do, two small nodes for Karpenter that come to them.
 * @throws InputPropertyError where the name of that pool is taken
 */
export const karpenterHome = (pools: NodePools): KarpenterHome => {
  const home = homeAmong(pools);
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
