import { textOf } from "../values";
import { AzureApiError } from "./api-error";
import { wrongText, type AzureType } from "./azure-type";

const account = "azure-native:storage:StorageAccount";
const inAccount = "Microsoft.Storage/storageAccounts/{accountName}";

export const storage: readonly AzureType[] = [
  {
    token: account,
    path: inAccount,
    located: true,
    replaces: ["isHnsEnabled", "enableNfsV3", "dnsEndpointType"],
    check: (inputs) => wrongText(inputs, "accountName", /^[a-z0-9]{3,24}$/, "3 to 24 lower-case letters and digits"),
    creating: ({ accountName }, { inventory }) => {
      if (inventory.list({ type: account, label: textOf(accountName) }).length === 0) return;
      throw new AzureApiError(
        "StorageAccountAlreadyTaken",
        `the name ${textOf(accountName)} is taken in all of Azure.`,
      );
    },
    outputs: ({ accountName }) => {
      const at = (service: string): string => `https://${textOf(accountName)}.${service}.core.windows.net/`;
      return {
        provisioningState: "Succeeded",
        primaryEndpoints: {
          blob: at("blob"),
          dfs: at("dfs"),
          file: at("file"),
          queue: at("queue"),
          table: at("table"),
        },
      };
    },
  },
  {
    token: "azure-native:storage:BlobServiceProperties",
    path: `${inAccount}/blobServices/{blobServicesName}`,
    check: (inputs) => wrongText(inputs, "blobServicesName", /^default$/, '"default", the only one'),
  },
  {
    token: "azure-native:storage:BlobContainer",
    path: `${inAccount}/blobServices/default/containers/{containerName}`,
    check: (inputs) =>
      wrongText(inputs, "containerName", /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "3 to 63 of a-z, 0-9, -"),
  },
  {
    token: "azure-native:storage:BlobContainerImmutabilityPolicy",
    path: `${inAccount}/blobServices/default/containers/{containerName}/immutabilityPolicies/{immutabilityPolicyName}`,
    check: (inputs) => wrongText(inputs, "immutabilityPolicyName", /^default$/, '"default", the only one'),
    outputs: () => ({ state: "Unlocked" }),
  },
  {
    token: "azure-native:storage:ManagementPolicy",
    path: `${inAccount}/managementPolicies/{managementPolicyName}`,
    check: (inputs) => wrongText(inputs, "managementPolicyName", /^default$/, '"default", the only one'),
  },
];
