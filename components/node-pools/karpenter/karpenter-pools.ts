import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { NodePools } from "../node-pool";
import { growingPools } from "./growth";
import { nodeClassKind, nodeClassSpec, nodePoolKind, nodePoolSpec, objectName } from "./objects";

export interface KarpenterPoolsArgs {
  /** Whose nodes they are: a label on each, by which this environment's pods find them. */
  readonly environment: string;
  /** By pool name. Those without room between `min` and `max` are left to their managed groups. */
  readonly pools: NodePools;
  /** The instance profile that nodes have. */
  readonly nodeProfile: pulumi.Input<string>;
  /** Private subnets of the cluster's network, one a zone. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** The cluster's own security group. */
  readonly securityGroupId: pulumi.Input<string>;
  /**
   * What has to be there before the pools, and go after them: Karpenter, in the stack that installs it.
   * @default nothing
   */
  readonly after?: pulumi.Input<readonly pulumi.Resource[]>;
}

/**
 * What Karpenter may add to an environment's pools. A pool's nodes go when its objects go, and the objects are gone when the
 * last node is.
 */
export class KarpenterPools extends pulumi.ComponentResource {
  /** What a workload waits for before nodes can come for its pods. */
  public readonly pools: readonly pulumi.Resource[];

  public constructor(name: string, args: KarpenterPoolsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:node-pools:KarpenterPools", name, {}, opts);
    const { environment } = args;
    const place = pulumi
      .all([args.nodeProfile, args.subnetIds, args.securityGroupId])
      .apply(([nodeProfile, subnetIds, securityGroupId]) => ({ nodeProfile, subnetIds, securityGroupId }));
    const dependsOn = pulumi.output(args.after ?? []).apply((after) => [...after]);
    this.pools = growingPools(args.pools).map(([pool, spec]) => {
      const of = { environment, pool };
      const metadata = { name: objectName(of) };
      const nodeClass = new k8s.apiextensions.CustomResource(
        `${name}-${pool}-class`,
        { ...nodeClassKind, metadata, spec: place.apply((known) => nodeClassSpec(of, spec, known)) },
        { parent: this, dependsOn },
      );
      return new k8s.apiextensions.CustomResource(
        `${name}-${pool}`,
        { ...nodePoolKind, metadata, spec: nodePoolSpec(of, spec) },
        { parent: this, dependsOn: nodeClass },
      );
    });
    this.registerOutputs({});
  }
}
