import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../components/cluster";
import { TenantNamespace } from "../../components/namespace";
import { namespaceName } from "../../components/shared";
import { namespaceTiers, type NamespaceTier, type StackConfig } from "../config/stack-config";
import { cloudOf, existing, type CloudFoundation, type ExistingAccess } from "./clouds";
import { providerOf } from "./clouds/providers";

/** What clouds and clusters are called with, as far as it stands in the stack file. */
export interface FoundationAccess {
  /** The cloud's, on a cloud. */
  readonly provider?: pulumi.ProviderResource | undefined;
  readonly existing?: ExistingAccess | undefined;
  /** By file name, the key of a model store that is there already. */
  readonly modelStoreKey?: Readonly<Record<string, pulumi.Output<string>>> | undefined;
}

/** The cluster, the nodes and the namespaces: what everything else is put into. */
export class Foundation extends pulumi.ComponentResource {
  public readonly cluster: Cluster;
  /** Node pools that pods wait for. */
  public readonly nodes: readonly pulumi.Resource[];
  /** Makes the store of the models in the stack's cloud. */
  public readonly modelStore: CloudFoundation["modelStore"];
  /** Makes the environment's other buckets, where the cloud is ours. */
  public readonly buckets: CloudFoundation["buckets"];
  /** Makes the registry for its images, where the cloud has one of ours. */
  public readonly registry: CloudFoundation["registry"];
  /** By tier: each name known once the namespace and its guards stand. */
  public readonly namespaces: Readonly<Record<NamespaceTier, pulumi.Output<string>>>;

  public constructor(config: StackConfig, access: FoundationAccess) {
    super("holdfast:layer:Foundation", "foundation");
    const { cluster, nodes, modelStore, buckets, registry } = this.foundationOf(config, access);
    this.cluster = cluster;
    this.nodes = nodes;
    this.modelStore = modelStore;
    this.buckets = buckets;
    this.registry = registry;
    this.namespaces = this.makeNamespaces(config);
    this.registerOutputs({});
  }

  private foundationOf(config: StackConfig, access: FoundationAccess): CloudFoundation {
    if (config.cloud !== "existing") {
      const { provider = providerOf(config.cloud)(config, undefined) } = access;
      return cloudOf(config.cloud)(config, provider, this);
    }
    if (access.existing) return existing()(config, access.existing, access.modelStoreKey ?? {}, this);
    throw new pulumi.RunError("A stack on existing needs its cluster's kubeconfig: holdfast:kubeconfig.");
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
