import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { JoinedCluster, LkeCluster, type Cluster } from "../../components/cluster";
import { TenantNamespace } from "../../components/namespace";
import { LkeNodePools } from "../../components/node-pools";
import { namespaceName } from "../../components/shared";
import { namespaceTiers, type NamespaceTier, type StackConfig } from "../config/stack-config";

/** The cluster, the nodes and the namespaces: what everything else is put into. */
export class Foundation extends pulumi.ComponentResource {
  /** What the cloud's resources are made with. */
  public readonly cloud: linode.Provider;
  public readonly cluster: Cluster;
  /** Node pools that pods wait for. */
  public readonly nodes: readonly pulumi.Resource[];
  /** By tier: each name known once the namespace and its guards stand. */
  public readonly namespaces: Readonly<Record<NamespaceTier, pulumi.Output<string>>>;

  /** @param token undefined leaves the provider to LINODE_TOKEN, which is in no file and no state */
  public constructor(config: StackConfig, token: pulumi.Output<string> | undefined) {
    super("holdfast:layer:Foundation", "foundation");
    // Bucket settings such as versioning need an S3 key: one is made for the moment, rather than kept.
    this.cloud = new linode.Provider("linode", { objUseTempKeys: true, ...(token && { token }) }, { parent: this });
    const { cluster, nodes } = this.makeCluster(config);
    this.cluster = cluster;
    this.nodes = nodes;
    this.namespaces = this.makeNamespaces(config);
    this.registerOutputs({});
  }

  private makeCluster(config: StackConfig): { cluster: Cluster; nodes: readonly pulumi.Resource[] } {
    const { environment, region, nodePools } = config;
    const durable = config.tier === "production";
    const options = { parent: this, providers: [this.cloud] };
    if (config.cluster.kind === "own") {
      const { kubernetesVersion, highAvailability, controlPlaneAcl, members } = config.cluster;
      const cluster = new LkeCluster(
        "cluster",
        { environment, region, kubernetesVersion, highAvailability, controlPlaneAcl, nodePools, members, durable },
        options,
      );
      return { cluster, nodes: cluster.pools };
    }
    const ownerStack = `${pulumi.getOrganization()}/${pulumi.getProject()}/${config.cluster.stack}`;
    const cluster = new JoinedCluster("cluster", { ownerStack, environment, durable }, options);
    const { clusterId } = cluster;
    const { pools } = new LkeNodePools("cluster", { clusterId, environment, pools: nodePools }, options);
    return { cluster, nodes: pools };
  }

  private makeNamespaces(config: StackConfig): Readonly<Record<NamespaceTier, pulumi.Output<string>>> {
    const { environment } = config;
    const production = config.tier === "production";
    const options = { parent: this, provider: this.cluster.provider };
    const entries = namespaceTiers.map((tier): [NamespaceTier, pulumi.Output<string>] => {
      const namespace = namespaceName(environment, tier);
      const { quota } = config.namespaces[tier];
      const made = new TenantNamespace(tier, { namespace, environment, tier, quota, production }, options);
      return [tier, made.namespaceName];
    });
    // Each tier is there: the entries come from the list that the type is made of.
    return Object.fromEntries(entries) as Record<NamespaceTier, pulumi.Output<string>>;
  }
}
