import type { types } from "@pulumi/azure-native";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import type { Keeping } from "./bucket";

/** What every storage account here is: encrypted twice, and open to identities only, never to keys or to everyone. */
export const blobAccountSettings = {
  kind: "StorageV2",
  accessTier: "Hot",
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: false,
  defaultToOAuthAuthentication: true,
  allowCrossTenantReplication: false,
  encryption: {
    keySource: "Microsoft.Storage",
    // A second layer under the service's own. It can't be turned on later.
    requireInfrastructureEncryption: true,
    services: { blob: { enabled: true, keyType: "Account" } },
  },
} as const satisfies Partial<StorageAccountArgs>;

/** In how many places Azure keeps each blob: one zone, three of them, or three and the region's pair too. */
export type Copies = "one-zone" | "three-zones" | "two-regions";

/**
 * Azure's name for it. With two regions the second can be read at any time, so that a restore needs no failover first.
 * @see https://learn.microsoft.com/azure/storage/common/storage-redundancy
 */
export const skuOf = (copies: Copies): string =>
  ({ "one-zone": "Standard_LRS", "three-zones": "Standard_ZRS", "two-regions": "Standard_RAGZRS" })[copies];

/** Versions of what is replaced, and a while to take a deletion back, of a blob and of a whole container. */
export const keptBlobs = ({ replaced }: Keeping) => ({
  isVersioningEnabled: true,
  deleteRetentionPolicy: { enabled: true, days: replaced },
  containerDeleteRetentionPolicy: { enabled: true, days: replaced },
});

/** Azure itself drops what an upload that broke off has left, after a week. */
export const lifecycle = ({ replaced, expires }: Keeping): types.input.storage.ManagementPolicySchemaArgs => ({
  rules: [
    {
      name: "expire-old-versions",
      enabled: true,
      type: "Lifecycle",
      definition: {
        filters: { blobTypes: ["blockBlob"] },
        actions: {
          version: { delete: { daysAfterCreationGreaterThan: replaced } },
          ...(expires !== undefined && { baseBlob: { delete: { daysAfterModificationGreaterThan: expires } } }),
        },
      },
    },
  ],
});
