import { textOf } from "../values";
import { AzureApiError } from "./api-error";
import { wrongText, type AzureType } from "./azure-type";

const registry = "azure-native:containerregistry:Registry";
const inRegistry = "Microsoft.ContainerRegistry/registries/{registryName}";

const tierOf = (sku: unknown): string =>
  typeof sku === "object" && sku !== null && "name" in sku && typeof sku.name === "string" ? sku.name : "";

/** What wants tier Premium. https://learn.microsoft.com/azure/container-registry/container-registry-skus */
const premiumOnly = ({ policies, zoneRedundancy }: Readonly<Record<string, unknown>>): string[] => [
  ...(zoneRedundancy === "Enabled" ? ["zoneRedundancy"] : []),
  ...(typeof policies === "object" && policies !== null && "retentionPolicy" in policies ? ["policies"] : []),
];

export const containerRegistry: readonly AzureType[] = [
  {
    token: registry,
    path: inRegistry,
    located: true,
    // https://learn.microsoft.com/azure/container-registry/zone-redundancy: chosen when the registry is made.
    replaces: ["zoneRedundancy"],
    check: (inputs) => [
      ...wrongText(inputs, "registryName", /^[a-zA-Z0-9]{5,50}$/, "5 to 50 letters and digits"),
      ...(["Basic", "Standard"].includes(tierOf(inputs.sku))
        ? premiumOnly(inputs).map((name) => ({
            path: [name],
            reason: `tier ${tierOf(inputs.sku)} has none: Premium does`,
          }))
        : []),
    ],
    creating: ({ registryName }, { inventory }) => {
      const same = (label: string): boolean => label.toLowerCase() === textOf(registryName).toLowerCase();
      if (!inventory.list({ type: registry }).some(({ label }) => same(label))) return;
      throw new AzureApiError("AlreadyInUse", `the registry name ${textOf(registryName)} is taken in all of Azure.`);
    },
    outputs: ({ registryName }) => ({
      loginServer: `${textOf(registryName).toLowerCase()}.azurecr.io`,
      provisioningState: "Succeeded",
      status: { displayStatus: "Ready" },
    }),
  },
  {
    token: "azure-native:containerregistry:CacheRule",
    path: `${inRegistry}/cacheRules/{cacheRuleName}`,
    replaces: ["sourceRepository", "targetRepository"],
    check: (inputs) => wrongText(inputs, "cacheRuleName", /^[a-zA-Z0-9-]{5,50}$/, "5 to 50 letters, digits and dashes"),
    outputs: () => ({ provisioningState: "Succeeded" }),
  },
];
