import { z } from "zod";

import { linodePlans, unsupportedLinodePlan } from "../../../components/node-pools/linode-plans";
import { suggest } from "../mistake";
import { count, label, minBelowMax, oneOf } from "./words";

/** @see https://techdocs.akamai.com/cloud-computing/docs/manage-nodes-and-node-pools: 100 nodes a pool at most */
const nodes = count(1, 100);

const plan = z
  .string()
  .check(({ value, issues }) => {
    if (Object.hasOwn(linodePlans, value)) return;
    issues.push({
      code: "custom",
      input: value,
      message: unsupportedLinodePlan(value) ?? unknownPlan(value),
      continue: true,
    });
  })
  .meta({
    description: "The cloud's plan for each node, for example g6-standard-8. Changing it replaces the pool.",
    examples: Object.keys(linodePlans),
  });

/** The plans of the same family are the likely ones, and few enough to be listed. */
function unknownPlan(name: string): string {
  const plans = Object.keys(linodePlans);
  const family = plans.filter((plan) => plan.replace(/-[^-]+$/, "") === name.replace(/-[^-]+$/, ""));
  return `LKE has no such plan. ${suggest(name, family.length > 0 ? family : plans)}`;
}

const autoscaling = z
  .strictObject({ min: nodes.describe("Nodes that stay."), max: nodes.describe("Nodes at most.") })
  .check(minBelowMax)
  .describe("Bounds for the cloud's autoscaler. Default: none, the number of nodes is changed by hand.");

export const nodePool = z.strictObject({
  plan,
  count: nodes.optional().describe("Nodes at the start. Default: the autoscaler's minimum; needed without one."),
  autoscaling: autoscaling.optional(),
  purpose: oneOf(["general", "inference"])
    .optional()
    .describe("inference keeps all but GPU work off the nodes. Default: inference where the plan has GPUs."),
});

export const nodePoolName = label;
export type NodePoolInput = z.output<typeof nodePool>;
