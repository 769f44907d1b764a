import { CacheRule } from "@pulumi/azure-native/containerregistry/cacheRule";
import { Registry as ContainerRegistry } from "@pulumi/azure-native/containerregistry/registry";
import * as pulumi from "@pulumi/pulumi";
import { durableOptions } from "../shared";
import { registryName } from "../shared/azure-names";
import { grantRole } from "../shared/azure-roles";
import type { Registry } from "./registry";

export interface AcrRegistryArgs {
  readonly environment: string;
  /** Changing it replaces the registry. */
  readonly resourceGroup: pulumi.Input<string>;
  /** Azure's region, for example `westeurope`. Changing it replaces the registry. */
  readonly region: pulumi.Input<string>;
  /** Something of the owner's alone, such as the environment's domain: registry names are shared among all customers. */
  readonly owner: string;
  /** Object id of the identity that the nodes of the cluster pull with; it may pull, and nothing else. */
  readonly kubeletObjectId: pulumi.Input<string>;
  /**
   * Protects the registry from deletion, and buys tier Premium instead of Standard, which is in three zones.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * Registries that ACR keeps copies of, by the short name that their images get here; Docker Hub wants credentials.
 * @see https://learn.microsoft.com/azure/container-registry/artifact-cache-overview
 */
export const cachedByAcr = { quay: "quay.io", k8s: "registry.k8s.io", ghcr: "ghcr.io" } as const;

/**
 * A private registry on Azure that only identities open: no administrator's password, nobody anonymous. Azure's API has no
 * switch for tags that can't be moved; an image is locked by `az acr repository update --write-enabled false` when it is
 * pushed, and production takes digests only, which no push can move.
 */
export class AcrRegistry extends pulumi.ComponentResource implements Registry {
  /** Known once the nodes may pull. */
  public readonly address: pulumi.Output<string>;

  public constructor(name: string, args: AcrRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:registry:AcrRegistry", name, {}, opts);
    const { environment, durable = true } = args;
    const inGroup = { resourceGroupName: args.resourceGroup };
    const registry = new ContainerRegistry(
      name,
      {
        ...inGroup,
        registryName: registryName(environment, args.owner),
        location: args.region,
        tags: { holdfast: environment },
        sku: { name: durable ? "Premium" : "Standard" },
        adminUserEnabled: false,
        anonymousPullEnabled: false,
        // Reached over the internet with Entra ID as the guard: pushes come from pipelines outside the network.
        publicNetworkAccess: "Enabled",
        networkRuleBypassOptions: "None",
        zoneRedundancy: durable ? "Enabled" : "Disabled",
        // No retention policy: it deletes what no tag points to, and pods here ask for digests, whose tag may have moved on.
        // https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy
      },
      { parent: this, ...durableOptions(durable) },
    );
    const mayPull = grantRole(
      `${name}-nodes`,
      {
        principalId: args.kubeletObjectId,
        principalType: "ServicePrincipal",
        role: "acrPull",
        scope: registry.id,
      },
      { parent: this },
    );
    for (const [short, upstream] of Object.entries(cachedByAcr)) {
      new CacheRule(
        `${name}-${short}`,
        {
          ...inGroup,
          registryName: registry.name,
          cacheRuleName: `${short}-copies`,
          sourceRepository: `${upstream}/*`,
          targetRepository: `${short}/*`,
        },
        { parent: this },
      );
    }
    this.address = pulumi.all([registry.loginServer, mayPull.id]).apply(([server]) => server);
    this.registerOutputs({ address: this.address });
  }
}
