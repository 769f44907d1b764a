import { z } from "zod";

import { planCatalogues } from "../../../components/node-pools/catalogues";
import { planFault } from "../plans";
import { clouds, type Cloud } from "../stack-config";
import { count, label, minBelowMax, oneOf } from "./words";

/**
 * What a stack file may say of one pool.
 * @param on the stack's cloud; every cloud, where that is not known
 */
export function nodePoolOn(on: readonly Cloud[]) {
  const nodes = count(1, Math.max(...on.map((cloud) => planCatalogues[cloud].maxNodes)));
  return z.strictObject({
    plan: planOn(on),
    count: nodes.optional().describe("Nodes at the start. Default: the autoscaler's minimum; needed without one."),
    autoscaling: z
      .strictObject({ min: nodes.describe("Nodes that stay."), max: nodes.describe("Nodes at most.") })
      .check(minBelowMax)
      .optional()
      .describe("Bounds for the cloud's autoscaler. Default: none, the number of nodes is changed by hand."),
    purpose: oneOf(["general", "inference"])
      .optional()
      .describe("inference keeps all but GPU work off the nodes. Default: inference where the plan has GPUs."),
    diskGiB: count(50, 16_384)
      .optional()
      .describe("Size of each node's disk in GiB, on AWS and Azure. Default: 100. A plan of Linode's brings its own."),
    spot: z
      .boolean()
      .default(false)
      .describe("Spare capacity at a lower price, which AWS and Azure may take back at short notice. Default: false."),
  });
}

function planOn(on: readonly Cloud[]) {
  return z
    .string()
    .check(({ value, issues }) => {
      const message = planFault(value, on);
      if (message !== undefined) issues.push({ code: "custom", input: value, message, continue: true });
    })
    .meta({
      description: "The cloud's plan for each node, for example g6-standard-8. Changing it replaces the pool.",
      examples: on.flatMap((cloud) => Object.keys(planCatalogues[cloud].plans)),
    });
}

/** For editors, which see one place at a time: a pool on any of the clouds. */
export const nodePool = nodePoolOn(clouds);
export const nodePoolName = label;
export type NodePoolInput = z.output<typeof nodePool>;
