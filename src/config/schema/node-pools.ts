import { z } from "zod";

import { planCatalogues } from "../../../components/node-pools/catalogues";
import { keyFault, valueFault } from "../../../components/node-pools/label-rules";
import { taintEffects } from "../../../components/node-pools/taint";
import { planFault } from "../plans";
import { clouds, type Cloud } from "../stack-config";
import { count, label, minBelowMax, oneOf } from "./words";

/**
 * What a stack file may say of one pool.
 * @param on the stack's cloud; every cloud, where that is not known
 */
export function nodePoolOn(on: readonly Cloud[]) {
  const most = Math.max(...on.map((cloud) => planCatalogues[cloud].maxNodes));
  const nodes = count(Math.min(...on.map((cloud) => planCatalogues[cloud].minNodes)), most);
  return z.strictObject({
    plan: planOn(on),
    count: nodes.optional().describe("Nodes at the start. Default: the autoscaler's minimum; needed without one."),
    autoscaling: z
      .strictObject({ min: nodes.describe("Nodes that stay."), max: count(1, most).describe("Nodes at most.") })
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
    labels: z
      .record(faultless(keyFault), labelText)
      .default({})
      .describe("Labels of the nodes besides our own, which begin with holdfast.dev/. Default: none."),
    taints: z
      .array(taint)
      .default([])
      .describe("Taints of the nodes besides that of GPUs: pods that don't tolerate them stay away. Default: none."),
    zones: z
      .array(z.string({ error: 'Wanted a zone in quotes, as "1".' }))
      .min(1, { error: "List at least one zone, or leave the key out: nodes are then in all of the network's." })
      .optional()
      .describe("Zones that nodes may be in, on AWS (eu-west-3a) and Azure (1). Default: all that the network has."),
  });
}

/** Text that a rule finds nothing wrong with. */
function faultless(rule: (text: string) => string | undefined) {
  return z.string().check(({ value, issues }) => {
    const message = rule(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message, continue: true });
  });
}

/** YAML reads what looks like a number or a truth as one, which as a label is text. */
const labelText = z
  .union([z.string(), z.number(), z.boolean()], { error: "Wanted a text." })
  .transform(String)
  .pipe(faultless(valueFault));

const taint = z.strictObject({
  key: faultless(keyFault).describe("As of a label, for example example.com/batch."),
  value: labelText.optional().describe("Default: none, which a toleration with the operator Exists matches."),
  effect: oneOf(taintEffects).describe(
    "NoSchedule and NoExecute keep pods away, PreferNoSchedule where there is room.",
  ),
});

function planOn(on: readonly Cloud[]) {
  return faultless((name) => planFault(name, on)).meta({
    description: "The cloud's plan for each node, for example g6-standard-8. Changing it replaces the pool.",
    examples: on.flatMap((cloud) => Object.keys(planCatalogues[cloud].plans)),
  });
}

/** For editors, which see one place at a time: a pool on any of the clouds. */
export const nodePool = nodePoolOn(clouds);
export const nodePoolName = label;
export type NodePoolInput = z.output<typeof nodePool>;
