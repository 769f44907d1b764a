import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import * as pulumi from "@pulumi/pulumi";
import { azureName, federatedCredentialName } from "../shared/azure-names";
import { grantRole } from "../shared/azure-roles";
import { BlobBucket, blobBucketFor } from "./blob-bucket";
import type { ModelStore, StoreAccess, StoreReader } from "./model-store";

export interface BlobModelStoreArgs {
  readonly environment: string;
  /** Azure's region, for example `westeurope`. Changing it replaces the store. */
  readonly region: pulumi.Input<string>;
  /** Changing it replaces the store. */
  readonly resourceGroup: pulumi.Input<string>;
  /** Something of the owner's alone, such as the environment's domain: account names are shared among all customers. */
  readonly owner: string;
  /** Who the readers' cluster says they are: its OIDC issuer. */
  readonly oidcIssuer: pulumi.Input<string>;
  /** Service accounts that may read the store; nobody else in the cluster may. */
  readonly readers: readonly StoreReader[];
  /**
   * Whether the region's pair keeps a copy.
   * @default false
   */
  readonly replicated?: boolean;
  /**
   * Protects the store from deletion, and keeps it in three zones instead of one.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * A container on Azure for models that no key opens: an identity reads it, which the readers' service accounts take on.
 */
export class BlobModelStore extends pulumi.ComponentResource implements ModelStore {
  public readonly remote: pulumi.Output<string>;
  public readonly flags: readonly pulumi.Input<string>[];
  public readonly access: StoreAccess;
  public readonly address: pulumi.Output<string>;

  public constructor(name: string, args: BlobModelStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:BlobModelStore", name, {}, opts);
    const child = { parent: this };
    const { environment, region: location, durable = true } = args;
    const inGroup = { resourceGroupName: args.resourceGroup };
    const tags = { holdfast: environment };
    const place = { ...args, replicated: args.replicated ?? false, durable };
    const bucket = new BlobBucket(name, blobBucketFor("models", place), child);

    const reader = new UserAssignedIdentity(
      `${name}-reader`,
      { ...inGroup, location, tags, resourceName: `${azureName(environment)}-models-reader` },
      child,
    );
    const mayRead = grantRole(
      `${name}-reader`,
      {
        principalId: reader.principalId,
        principalType: "ServicePrincipal",
        role: "blobDataReader",
        scope: bucket.containerId,
      },
      child,
    );
    // Azure refuses a change to one identity's trust while another is under way.
    let before: pulumi.Resource = mayRead;
    for (const { namespace, serviceAccount } of args.readers) {
      before = new FederatedIdentityCredential(
        `${name}-${namespace}.${serviceAccount}`,
        {
          ...inGroup,
          resourceName: reader.name,
          federatedIdentityCredentialResourceName: federatedCredentialName(namespace, serviceAccount),
          issuer: args.oidcIssuer,
          subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
          audiences: ["api://AzureADTokenExchange"],
        },
        { ...child, dependsOn: [before] },
      );
    }
    this.remote = pulumi.interpolate`:azureblob:${bucket.containerName}`;
    // https://rclone.org/azureblob/
    this.flags = [
      pulumi.interpolate`--azureblob-account=${bucket.accountName}`,
      "--azureblob-env-auth",
      // The identity may read this one container, not make one that isn't there.
      "--azureblob-no-check-container",
    ];
    // Known once the last reader is trusted, so that no pod asks before.
    const clientId = pulumi.all([reader.clientId, before.urn]).apply(([id]) => id);
    this.access = { kind: "workload-identity", clientId };
    this.address = bucket.address;
    this.registerOutputs({ remote: this.remote });
  }
}
