import { getClientConfigOutput } from "@pulumi/azure-native/authorization/getClientConfig";
import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials";
import { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { nestedAndSeparate, type NodePools } from "../node-pools";
import { AksNodePools } from "../node-pools/aks-node-pools";
import { aksPool, refuseSpot } from "../node-pools/aks-pool";
import { durableOptions } from "../shared";
import { agentPoolName, azureName } from "../shared/azure-names";
import { grantRole } from "../shared/azure-roles";
import { aksAccess } from "./aks-access";
import { endpointOf } from "./aks-kubeconfig";
import { keepControlPlaneLogs, keepMaintenanceWindows } from "./aks-operations";
import { aksSettings, authorizedRanges } from "./aks-settings";
import type { Cluster, JoiningFacts } from "./cluster";
import { kubernetesProvider } from "./kubernetes-provider";

export interface AksClusterArgs {
  /** The environment that owns the cluster; its name is made from it. Changing it replaces the cluster. */
  readonly environment: string;
  /** Azure's region, for example `westeurope`. Changing it replaces the cluster. */
  readonly region: pulumi.Input<string>;
  /** Changing it replaces the cluster. */
  readonly resourceGroup: pulumi.Input<string>;
  /** Minor version, for example `1.35`; Azure chooses the patch. Raising it upgrades the cluster in place. */
  readonly kubernetesVersion: pulumi.Input<string>;
  /** Where the nodes' addresses come from, with a NAT gateway on it. Changing it replaces the cluster. */
  readonly nodeSubnetId: pulumi.Input<string>;
  /** Addresses that the nodes' connections to the outside come from, the Kubernetes API among it. */
  readonly egressAddresses: pulumi.Input<readonly string[]>;
  /**
   * A control plane with an availability promise (tier Standard); without it, tier Free.
   * @default true
   */
  readonly highAvailability?: boolean;
  /**
   * Who may reach the Kubernetes API, as IPv4 ranges: AKS takes no others. Everyone else is refused, but for the nodes.
   * @default none: open, with Entra ID as the only guard
   */
  readonly controlPlaneAcl?: { readonly ipv4: readonly string[] } | undefined;
  /** By pool name; at least one of purpose general. */
  readonly nodePools: NodePools;
  /**
   * Protects the cluster and its logs from deletion, keeps the logs for 90 days instead of 30, and keeps the cluster's
   * objects in the state while it cannot be reached.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * An AKS cluster of this environment's own, with its node pools, ready for objects once `provider` is. Entra ID is the
 * only way in; whoever made the cluster administers it, and gives others their roles in Azure. Secrets come from outside
 * with External Secrets, so that Azure's Key Vault driver stays off.
 */
export class AksCluster extends pulumi.ComponentResource implements Cluster {
  /** The cluster's name. */
  public readonly clusterId: pulumi.Output<string>;
  /** For people: it asks kubelogin for their own token. */
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly provider: k8s.Provider;
  /** `resourceGroup`, `clusterName`, `nodeSubnetId`, `oidcIssuer`, `kubeletObjectId`, `endpoint`, `certificateAuthority`. */
  public readonly joining: pulumi.Output<JoiningFacts>;
  /** Who the cluster says a pod is, for identities that trust it. */
  public readonly oidcIssuer: pulumi.Output<string>;
  /** Object id of the identity that the nodes pull images with. */
  public readonly kubeletObjectId: pulumi.Output<string>;
  /** What workloads wait for before their pods can be scheduled. */
  public readonly pools: readonly pulumi.Resource[];

  /** @throws InputPropertyError where the name doesn't fit, where there is no general pool, or one of spot nodes */
  public constructor(name: string, args: AksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:cluster:AksCluster", name, {}, opts);
    const child = { parent: this };
    const { environment, region: location, nodeSubnetId, durable = true } = args;
    const inGroup = { resourceGroupName: args.resourceGroup };
    const tags = { holdfast: environment };
    refuseSpot(args.nodePools);
    const { nested, separate } = nestedAndSeparate(args.nodePools);
    const [nestedName, nestedSpec] = nested;

    const identity = new UserAssignedIdentity(
      `${name}-control-plane`,
      { ...inGroup, location, tags, resourceName: `${azureName(environment)}-control-plane` },
      child,
    );
    const mayJoinNetwork = grantRole(
      `${name}-network`,
      {
        principalId: identity.principalId,
        principalType: "ServicePrincipal",
        role: "networkContributor",
        scope: nodeSubnetId,
      },
      child,
    );
    const acl = args.controlPlaneAcl;
    const cluster = new ManagedCluster(
      name,
      {
        ...inGroup,
        ...aksSettings,
        location,
        tags,
        resourceName: azureName(environment),
        dnsPrefix: azureName(environment),
        nodeResourceGroup: `${azureName(environment)}-nodes`,
        kubernetesVersion: args.kubernetesVersion,
        sku: { name: "Base", tier: (args.highAvailability ?? true) ? "Standard" : "Free" },
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
        apiServerAccessProfile: {
          disableRunCommand: true,
          ...(acl && {
            authorizedIPRanges: pulumi
              .output(args.egressAddresses)
              .apply((egress) => authorizedRanges(acl.ipv4, egress)),
          }),
        },
        agentPoolProfiles: [
          {
            name: agentPoolName(environment, nestedName),
            mode: "System",
            ...aksPool(environment, nestedName, nestedSpec, nodeSubnetId),
          },
        ],
      },
      {
        ...child,
        ...durableOptions(durable),
        dependsOn: [mayJoinNetwork],
        // Its name is the environment's, so that a cluster which has to be replaced stands in its successor's way.
        deleteBeforeReplace: true,
        // The count is the autoscaler's once there is one.
        ...(nestedSpec.autoscaling && { ignoreChanges: ["agentPoolProfiles[0].count"] }),
      },
    );
    this.clusterId = cluster.name;
    this.oidcIssuer = cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? missing("OIDC issuer"));
    this.kubeletObjectId = cluster.identityProfile.apply(
      (identities) => identities?.["kubeletidentity"]?.objectId ?? missing("identity of the nodes"),
    );
    const asked = { ...inGroup, resourceName: cluster.name, format: "exec" };
    const given = listManagedClusterUserCredentialsOutput(asked, child);
    this.kubeconfig = pulumi.secret(
      // What was asked with is named once more: at a preview where it is unknown, the SDK forgets that the answer depends
      // on it, and the update would then depend on more than was planned.
      pulumi
        .all([given, cluster.name, args.resourceGroup])
        .apply(([{ kubeconfigs }]) => Buffer.from(kubeconfigs[0]?.value ?? missing("kubeconfig"), "base64").toString()),
    );
    // Anyone who asks the API gets its address and its authority; only the rest of the kubeconfig may be secret.
    const endpoint = pulumi.unsecret(this.kubeconfig.apply(endpointOf));
    this.joining = pulumi
      .all([args.resourceGroup, cluster.name, nodeSubnetId, this.oidcIssuer, this.kubeletObjectId, endpoint])
      .apply(([resourceGroup, clusterName, subnet, oidcIssuer, kubeletObjectId, reached]): JoiningFacts => ({
        resourceGroup,
        clusterName,
        nodeSubnetId: subnet,
        oidcIssuer,
        kubeletObjectId,
        ...reached,
      }));

    const administrator = grantRole(
      `${name}-administrator`,
      { principalId: getClientConfigOutput(child).objectId, role: "aksRbacClusterAdmin", scope: cluster.id },
      // Whoever made the cluster keeps the role when another runs the program: who else may is for Azure's roles to say.
      { ...child, ignoreChanges: ["principalId", "roleAssignmentName"] },
    );
    const access = pulumi.all([aksAccess(cluster.name, endpoint, child), administrator.id]).apply(([text]) => text);
    const { clusterId, kubeconfig } = this;
    this.provider = kubernetesProvider(
      name,
      { identity: endpoint.apply((reached) => reached.endpoint), kubeconfig: access, forgetUnreachable: !durable },
      this,
    );
    const operations = {
      environment,
      region: location,
      resourceGroup: args.resourceGroup,
      clusterName: cluster.name,
      clusterArmId: cluster.id,
      durable,
    };
    keepMaintenanceWindows(name, operations, this);
    keepControlPlaneLogs(name, operations, this);
    const beside = new AksNodePools(
      name,
      { resourceGroup: args.resourceGroup, clusterName: cluster.name, nodeSubnetId, environment, pools: separate },
      child,
    );
    this.pools = beside.pools;
    this.registerOutputs({ clusterId, kubeconfig });
  }
}

const missing = (what: string): never => {
  throw new pulumi.RunError(`Azure gave no ${what} for the cluster.`);
};
