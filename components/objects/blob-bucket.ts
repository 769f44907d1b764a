import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { BlobContainerImmutabilityPolicy } from "@pulumi/azure-native/storage/blobContainerImmutabilityPolicy";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import * as pulumi from "@pulumi/pulumi";
import { durableOptions } from "../shared";
import { storageAccountName } from "../shared/azure-names";
import { blobAccountSettings, keptBlobs, lifecycle, skuOf, type Copies } from "./blob-settings";
import { keeping, type Bucket, type BucketUse, type Keeping } from "./bucket";

export interface BlobBucketArgs {
  /** Changing it replaces the bucket. */
  readonly resourceGroup: pulumi.Input<string>;
  /** Azure's region, for example `westeurope`. Changing it replaces the bucket. */
  readonly region: pulumi.Input<string>;
  /** 3 to 24 lower-case letters and digits, unique among all customers. Changing it replaces the bucket. */
  readonly account: string;
  /** 3 to 63 lower-case letters, digits and single dashes. Changing it replaces the bucket. */
  readonly container: string;
  readonly keeping: Keeping;
  readonly copies: Copies;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Protects the container and its settings from deletion, and locks what is in it where `keeping` says so.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * A private, versioned container on Azure, in a storage account of its own that no key opens. It is reached over the
 * internet, with Entra ID as the guard.
 */
export class BlobBucket extends pulumi.ComponentResource implements Bucket {
  public readonly accountName: pulumi.Output<string>;
  public readonly accountId: pulumi.Output<string>;
  /** Known once it keeps versions. */
  public readonly containerName: pulumi.Output<string>;
  public readonly containerId: pulumi.Output<string>;
  public readonly address: pulumi.Output<string>;

  public constructor(name: string, args: BlobBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:BlobBucket", name, {}, opts);
    const durable = args.durable ?? true;
    const locked = durable ? (args.keeping.locked ?? 0) : 0;
    const child = { parent: this, ...durableOptions(durable) };
    const inGroup = { resourceGroupName: args.resourceGroup };
    const account = new StorageAccount(
      name,
      {
        ...inGroup,
        ...blobAccountSettings,
        accountName: args.account,
        location: args.region,
        sku: { name: skuOf(args.copies) },
        ...(args.tags && { tags: args.tags }),
      },
      child,
    );
    const inAccount = { ...inGroup, accountName: account.name };
    const versioned = new BlobServiceProperties(
      name,
      { ...inAccount, blobServicesName: "default", ...keptBlobs(args.keeping) },
      child,
    );
    // Rules about versions are refused until there are versions.
    const afterVersions = { ...child, dependsOn: [versioned] };
    new ManagementPolicy(
      name,
      { ...inAccount, managementPolicyName: "default", policy: lifecycle(args.keeping) },
      afterVersions,
    );
    const container = new BlobContainer(
      name,
      {
        ...inAccount,
        containerName: args.container,
        publicAccess: "None",
        ...(locked > 0 && { immutableStorageWithVersioning: { enabled: true } }),
      },
      afterVersions,
    );
    if (locked > 0) {
      // Not sealed: whoever may change the policy can, should the container be filled with what must not be kept.
      new BlobContainerImmutabilityPolicy(
        name,
        {
          ...inAccount,
          containerName: container.name,
          immutabilityPolicyName: "default",
          immutabilityPeriodSinceCreationInDays: locked,
        },
        child,
      );
    }
    this.accountName = account.name;
    this.accountId = account.id;
    this.containerName = container.name;
    this.containerId = container.id;
    this.address = pulumi.interpolate`https://${account.name}.blob.core.windows.net/${container.name}`;
    this.registerOutputs({ address: this.address });
  }
}

/** What an environment's bucket for one use is made with. */
export const blobBucketFor = (
  use: BucketUse,
  place: {
    readonly environment: string;
    readonly region: pulumi.Input<string>;
    readonly resourceGroup: pulumi.Input<string>;
    /** Something of the owner's alone, such as the environment's domain: account names are shared among all customers. */
    readonly owner: string;
    /** Whether the region's pair keeps a copy. */
    readonly replicated: boolean;
    readonly durable: boolean;
  },
): BlobBucketArgs => {
  const { environment, region, resourceGroup, owner, replicated, durable } = place;
  return {
    resourceGroup,
    region,
    account: storageAccountName(environment, use, owner),
    container: use,
    keeping: keeping[use],
    copies: replicated ? "two-regions" : durable ? "three-zones" : "one-zone",
    tags: { holdfast: environment },
    durable,
  };
};
