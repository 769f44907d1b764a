import { inputError } from "../shared";
import type { NodePools } from "./node-pool";

/**
 * A region of Linode's is one data centre, whose hosts LKE spreads a pool over by itself.
 * @throws InputPropertyError for the first pool that names zones
 */
export const refuseZones = (pools: NodePools): void => {
  const [found] = Object.entries(pools).filter(([, { zones }]) => zones !== undefined);
  if (!found) return;
  const [name, { zones = [] }] = found;
  throw inputError(
    `nodePools.${name}.zones`,
    `found ${zones.join(", ")}, but Linode's regions have none. Leave it out.`,
  );
};
