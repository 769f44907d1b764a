import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import * as kms from "@pulumi/aws/kms";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { zonesOf } from "../network/aws-zones";
import { eksServiceRange } from "../network/cluster-ranges";
import { EksNodeGroups } from "../node-pools/eks-node-groups";
import { nestedAndSeparate, type NodePools } from "../node-pools/node-pool";
import { eksClusterName } from "../shared/aws-names";
import { durableOptions } from "../shared/durable";
import type { Cluster, JoiningFacts } from "./cluster";
import { endpointAccess, eksKubeconfig, type EksAcl } from "./eks-access";
import { eksAddons, type EksAddon } from "./eks-addons";
import { addonRole, controlPlaneRole, nodeProfile, nodeRole, type RolePlace } from "./eks-roles";
import { kubernetesProvider } from "./kubernetes-provider";

export interface EksClusterArgs {
  /** The environment that owns the cluster; its name is made from it. Changing it replaces the cluster. */
  readonly environment: string;
  /** AWS's region, for example `eu-central-1`. Changing it replaces the cluster. */
  readonly region: string;
  /** Minor version that add-ons are pinned for, for example `1.35`. Raising it upgrades cluster and nodes in place. */
  readonly kubernetesVersion: string;
  /** Where the control plane has its interfaces, one subnet a zone. Changing it may replace the cluster. */
  readonly controlPlaneSubnetIds: pulumi.Input<string[]>;
  /** Where nodes are, one subnet a zone, with a way out. Changing it replaces the nodes. */
  readonly nodeSubnetIds: pulumi.Input<string[]>;
  /**
   * The zones of those subnets, in their order.
   * @default three of the region's, as AwsNetwork takes them
   */
  readonly nodeZones?: readonly string[];
  /**
   * Who may reach the Kubernetes API from outside the network, as CIDR ranges; an empty list closes it to the outside.
   * @default none: open, with authentication as the only guard
   */
  readonly controlPlaneAcl?: EksAcl | undefined;
  /** By pool name; at least one of purpose general. */
  readonly nodePools: NodePools;
  /**
   * Days that the control plane's logs are kept, the audit log among them.
   * @default 365
   */
  readonly logDays?: number;
  /**
   * Protects the cluster and its key from deletion, and keeps its objects in the state while it cannot be reached.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * An EKS cluster of this environment's own, with its nodes and add-ons. Secrets are encrypted under a key of its own, network
 * policies are enforced, every action on the control plane is logged, and pods get a role only by association.
 */
export class EksCluster extends pulumi.ComponentResource implements Cluster {
  /** The cluster's name. */
  public readonly clusterId: pulumi.Output<string>;
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly provider: k8s.Provider;
  /**
   * `endpoint` and `certificateAuthority`; of the nodes their `nodeRoleArn`, the instance profile `nodeProfile`, `subnetIds`,
   * and the cluster's own `securityGroupId`.
   */
  public readonly joining: pulumi.Output<JoiningFacts>;
  /** What workloads wait for before their pods can be scheduled, find each other and have volumes. */
  public readonly pools: readonly pulumi.Resource[];

  /** @throws InputPropertyError where a name doesn't fit, the version is unknown, or there is no general pool */
  public constructor(name: string, args: EksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:cluster:EksCluster", name, {}, opts);
    const { environment, region, durable = true } = args;
    // CoreDNS and the other add-ons tolerate no taint of an inference pool.
    nestedAndSeparate(args.nodePools);
    const addons = eksAddons(args.kubernetesVersion);
    const place: RolePlace = { environment, region };
    const cluster = this.controlPlane(name, args, place);
    const nodes = nodeRole(name, place, this);

    const before = this.addons(name, args, cluster, addons.filter(only("before nodes")), []);
    const groups = new EksNodeGroups(
      name,
      {
        // Without a network no node turns ready, and EKS would give the group up. What waits for a component is not waited for
        // by what is in it, so the name carries the order; it is known at preview none the less.
        clusterName: pulumi.all([cluster.name, pulumi.all(before.map((one) => one.addonName))]).apply(([id]) => id),
        nodeRoleArn: nodes.arn,
        subnetIds: args.nodeSubnetIds,
        zones: args.nodeZones ?? zonesOf(region),
        environment,
        pools: args.nodePools,
      },
      { parent: this },
    );
    const onNodes = this.addons(name, args, cluster, addons.filter(only("on nodes")), groups.pools);
    this.pools = [...groups.pools, ...onNodes];

    this.clusterId = cluster.name;
    const facts = {
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority.apply(({ data }) => data),
    };
    this.kubeconfig = pulumi.secret(
      pulumi
        .all([cluster.name, facts.endpoint, facts.certificateAuthority])
        .apply(([id, endpoint, authority]) =>
          eksKubeconfig({ cluster: id, region, endpoint, certificateAuthority: authority }),
        ),
    );
    this.joining = pulumi.all({
      ...facts,
      nodeRoleArn: nodes.arn,
      nodeProfile: nodeProfile(name, place, nodes, this),
      subnetIds: args.nodeSubnetIds,
      securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
    });
    const { clusterId, kubeconfig } = this;
    this.provider = kubernetesProvider(
      name,
      { identity: facts.endpoint, kubeconfig, forgetUnreachable: !durable },
      this,
    );
    this.registerOutputs({ clusterId, kubeconfig });
  }

  private controlPlane(name: string, args: EksClusterArgs, place: RolePlace): eks.Cluster {
    const { durable = true } = args;
    const clusterName = eksClusterName(args.environment);
    const key = new kms.Key(
      name,
      { description: `Secrets of the EKS cluster ${clusterName}`, enableKeyRotation: true, deletionWindowInDays: 30 },
      { parent: this, ...durableOptions(durable) },
    );
    const role = controlPlaneRole(name, place, key.arn, this);
    // EKS would make the group by itself, and keep what is in it forever.
    const logs = new cloudwatch.LogGroup(
      name,
      { name: `/aws/eks/${clusterName}/cluster`, retentionInDays: args.logDays ?? 365 },
      { parent: this },
    );
    return new eks.Cluster(
      name,
      {
        name: clusterName,
        version: args.kubernetesVersion,
        roleArn: role.arn,
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
        // All add-ons are listed here, with their versions; EKS's own would come first and unmanaged.
        bootstrapSelfManagedAddons: false,
        vpcConfig: { subnetIds: args.controlPlaneSubnetIds, ...endpointAccess(args.controlPlaneAcl) },
        kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: eksServiceRange },
        encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        deletionProtection: durable,
      },
      {
        parent: this,
        dependsOn: logs,
        ...durableOptions(durable),
        // Names are unique in an account and region, so that a cluster which has to be replaced stands in its successor's way.
        deleteBeforeReplace: true,
      },
    );
  }

  private addons(
    name: string,
    args: EksClusterArgs,
    cluster: eks.Cluster,
    addons: readonly EksAddon[],
    dependsOn: readonly pulumi.Resource[],
  ): eks.Addon[] {
    return addons.map(({ identity, settings, ...addon }) => {
      const role =
        identity && addonRole(name, args, eksClusterName(args.environment), { name: addon.name, identity }, this);
      return new eks.Addon(
        `${name}-${addon.name}`,
        {
          clusterName: cluster.name,
          addonName: addon.name,
          addonVersion: addon.version,
          ...(settings && { configurationValues: JSON.stringify(settings) }),
          ...(role && {
            podIdentityAssociations: [{ serviceAccount: identity.serviceAccount, roleArn: role.arn }],
          }),
          // What someone changed by hand goes back to what is written here.
          resolveConflictsOnCreate: "OVERWRITE",
          resolveConflictsOnUpdate: "OVERWRITE",
        },
        { parent: this, dependsOn: [...dependsOn] },
      );
    });
  }
}

const only = (when: EksAddon["when"]) => (addon: EksAddon) => addon.when === when;
