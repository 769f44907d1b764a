import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../components/cluster";
import { TenantNamespace } from "../../components/namespace";
import { namespaceName } from "../../components/shared";
import { namespaceTiers, type NamespaceTier, type StackConfig } from "../config/stack-config";
import { cloudOf, type CloudFoundation } from "./clouds";

/** The cluster, the nodes and the namespaces: what everything else is put into. */
export class Foundation extends pulumi.ComponentResource {
  public readonly cluster: Cluster;
  /** Node pools that pods wait for. */
  public readonly nodes: readonly pulumi.Resource[];
  /** Makes the store of the models in the stack's cloud. */
  public readonly modelStore: CloudFoundation["modelStore"];
  /** By tier: each name known once the namespace and its guards stand. */
  public readonly namespaces: Readonly<Record<NamespaceTier, pulumi.Output<string>>>;

  /** @param token what the cloud is called with; undefined leaves it to the provider's environment, in no file and no state */
  public constructor(config: StackConfig, token: pulumi.Output<string> | undefined) {
    super("holdfast:layer:Foundation", "foundation");
    const { cluster, nodes, modelStore } = cloudOf(config.cloud)(config, token, this);
    this.cluster = cluster;
    this.nodes = nodes;
    this.modelStore = modelStore;
    this.namespaces = this.makeNamespaces(config);
    this.registerOutputs({});
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
