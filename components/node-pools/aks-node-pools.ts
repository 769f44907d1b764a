import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool";
import * as pulumi from "@pulumi/pulumi";
import { agentPoolName } from "../shared/azure-names";
import { aksPool, refuseSpot } from "./aks-pool";
import type { NodePools } from "./node-pool";

export interface AksNodePoolsArgs {
  /** The cluster's resource group; another stack's too. Changing it replaces every pool. */
  readonly resourceGroup: pulumi.Input<string>;
  /** The cluster that the nodes join. Changing it replaces every pool. */
  readonly clusterName: pulumi.Input<string>;
  /** Where the nodes' addresses come from: of the cluster's own network. Changing it replaces every pool. */
  readonly nodeSubnetId: pulumi.Input<string>;
  /** Whose nodes they are: a label on each, by which this environment's pods find them. */
  readonly environment: string;
  /** By pool name. */
  readonly pools: NodePools;
}

/** Node pools besides the one that the AKS cluster is made with, spread over three zones or those that they name. */
export class AksNodePools extends pulumi.ComponentResource {
  /** What a workload waits for before its pods can be scheduled. */
  public readonly pools: readonly pulumi.Resource[];

  /** @throws InputPropertyError where a pool is of spot nodes */
  public constructor(name: string, args: AksNodePoolsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:node-pools:AksNodePools", name, {}, opts);
    refuseSpot(args.pools);
    this.pools = Object.entries(args.pools).map(
      ([pool, spec]) =>
        new AgentPool(
          `${name}-${pool}`,
          {
            resourceGroupName: args.resourceGroup,
            resourceName: args.clusterName,
            agentPoolName: agentPoolName(args.environment, pool),
            mode: "User",
            tags: { holdfast: args.environment },
            ...aksPool(args.environment, pool, spec, args.nodeSubnetId),
          },
          // The count is the autoscaler's once there is one.
          { parent: this, ...(spec.autoscaling && { ignoreChanges: ["count"] }) },
        ),
    );
    this.registerOutputs({});
  }
}
