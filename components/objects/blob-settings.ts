import type { types } from "@pulumi/azure-native";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import { keepDays } from "./model-store";

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

/** Versions of what is replaced, and a while to take a deletion back, of a blob and of a whole container. */
export const keptBlobs = {
  isVersioningEnabled: true,
  deleteRetentionPolicy: { enabled: true, days: keepDays.replaced },
  containerDeleteRetentionPolicy: { enabled: true, days: keepDays.replaced },
};

/** Azure itself drops what an upload that broke off has left, after a week. */
export const expireOldVersions: types.input.storage.ManagementPolicySchemaArgs = {
  rules: [
    {
      name: "expire-old-versions",
      enabled: true,
      type: "Lifecycle",
      definition: {
        filters: { blobTypes: ["blockBlob"] },
        actions: { version: { delete: { daysAfterCreationGreaterThan: keepDays.replaced } } },
      },
    },
  ],
};
