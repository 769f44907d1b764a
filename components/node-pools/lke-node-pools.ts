import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { poolTag } from "../shared";
import { refuseZones } from "./lke-zones";
import { nodeLabels, nodeTaints, type NodePools } from "./node-pool";

export interface LkeNodePoolsArgs {
  /** The cluster that the nodes join; another stack's too. Changing it replaces every pool. */
  readonly clusterId: pulumi.Input<string>;
  /** Whose nodes they are: a label on each, by which this environment's pods find them. */
  readonly environment: string;
  /** By pool name. */
  readonly pools: NodePools;
}

/**
 * Node pools besides the one nested in the LKE cluster, each tagged with its environment: the cluster's next update would
 * delete a pool whose tag it doesn't list among its external ones.
 */
export class LkeNodePools extends pulumi.ComponentResource {
  /** What a workload waits for before its pods can be scheduled. */
  public readonly pools: readonly pulumi.Resource[];

  /** @throws InputPropertyError where a pool names zones */
  public constructor(name: string, args: LkeNodePoolsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:node-pools:LkeNodePools", name, {}, opts);
    refuseZones(args.pools);
    const clusterId = pulumi.output(args.clusterId).apply(Number);
    this.pools = Object.entries(args.pools).map(
      ([pool, spec]) =>
        new linode.LkeNodePool(
          `${name}-${pool}`,
          {
            clusterId,
            type: spec.plan,
            nodeCount: spec.count,
            ...(spec.autoscaling && { autoscaler: { ...spec.autoscaling } }),
            labels: nodeLabels(args.environment, pool, spec),
            taints: nodeTaints(spec),
            tags: [poolTag(args.environment)],
          },
          // The count is the autoscaler's once there is one.
          { parent: this, ...(spec.autoscaling && { ignoreChanges: ["nodeCount"] }) },
        ),
    );
    this.registerOutputs({});
  }
}
