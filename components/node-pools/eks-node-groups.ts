import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { nodeGroupPrefix } from "../shared/aws-names";
import { bootDisks, capacityType, nodeImage, placesOf, scaling, taints } from "./eks-nodes";
import { managedNodes } from "./karpenter/growth";
import { nodeLabels, type NodePoolArgs, type NodePools } from "./node-pool";

export interface EksNodeGroupsArgs {
  /** The cluster that the nodes join; another stack's too. Changing it replaces every group. */
  readonly clusterName: pulumi.Input<string>;
  /** The role that nodes have. Changing it replaces every group. */
  readonly nodeRoleArn: pulumi.Input<string>;
  /** Private subnets of the cluster's network, one a zone. Changing them replaces every group. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** The zones of those subnets, in their order. */
  readonly zones: readonly string[];
  /** Whose nodes they are: a label on each, by which this environment's pods find them. */
  readonly environment: string;
  /** By pool name. */
  readonly pools: NodePools;
}

/**
 * Managed node groups over all zones, one for each pool that keeps nodes: as many as always stay. What comes and goes beside
 * them, up to the pool's maximum, is Karpenter's (see ./karpenter). The first group also lets the nodes' role into the
 * cluster: EKS makes the role's access entry by itself.
 *
 * The nodes' disks are encrypted, and pods can't ask the node for its role: the metadata service answers with a session token
 * only, and not beyond the node itself.
 *
 * Nodes for inference run Bottlerocket's NVIDIA variant, which brings the driver and the device plugin along.
 */
export class EksNodeGroups extends pulumi.ComponentResource {
  /** What a workload waits for before its pods can be scheduled. */
  public readonly pools: readonly pulumi.Resource[];

  /** @throws InputPropertyError where a pool's name doesn't fit a node group's, or a zone of it is none of the network's */
  public constructor(name: string, args: EksNodeGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:node-pools:EksNodeGroups", name, {}, opts);
    this.pools = Object.entries(args.pools)
      .filter(([, spec]) => managedNodes(spec) > 0)
      .map(([pool, spec]) => this.group(name, args, pool, spec));
    this.registerOutputs({});
  }

  private subnetIds(args: EksNodeGroupsArgs, pool: string, { zones }: NodePoolArgs): pulumi.Output<string[]> {
    const places = placesOf(pool, zones, args.zones);
    return pulumi.output(args.subnetIds).apply((ids) => ids.filter((_, index) => places.includes(index)));
  }

  private group(name: string, args: EksNodeGroupsArgs, pool: string, spec: NodePoolArgs): eks.NodeGroup {
    const { environment } = args;
    const tags = { Name: `${environment}-${pool}`, "holdfast:environment": environment, "holdfast:pool": pool };
    const template = new ec2.LaunchTemplate(
      `${name}-${pool}`,
      {
        updateDefaultVersion: true,
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: bootDisks(spec),
        // Default tags of a provider don't reach what a template makes.
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      },
      { parent: this },
    );
    return new eks.NodeGroup(
      `${name}-${pool}`,
      {
        clusterName: args.clusterName,
        nodeGroupNamePrefix: nodeGroupPrefix(environment, pool),
        nodeRoleArn: args.nodeRoleArn,
        subnetIds: this.subnetIds(args, pool, spec),
        instanceTypes: [spec.plan],
        amiType: nodeImage(spec),
        capacityType: capacityType(spec),
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        labels: nodeLabels(environment, pool, spec),
        taints: taints(spec),
        scalingConfig: scaling(spec),
        updateConfig: { maxUnavailable: 1 },
      },
      { parent: this },
    );
  }
}
