import { kept } from "../kept-type";
import type { EntryServices, ResourceEntry } from "../table-package";
import { textOf } from "../values";
import { AzureApiError } from "./api-error";
import { clusterToken, hostedId } from "./managed-cluster";
import { find, groupId, placeOf } from "./azure-type";

const token = "azure-native:resources:ResourceGroup";

/** A group takes with it what is still in it. */
const emptied = async (id: string, services: EntryServices): Promise<void> => {
  const { inventory, clusterHost } = services;
  for (const record of inventory.list().filter((one) => one.id.startsWith(`${id}/`))) {
    if (record.type === clusterToken) await clusterHost.removeCluster(hostedId(record.id));
    inventory.remove(record);
  }
};

export const resources: readonly (readonly [string, ResourceEntry])[] = [
  [
    token,
    kept({
      token,
      module: "@pulumi/azure-native/resources/resourceGroup",
      replaces: ["resourceGroupName", "location"],
      fills: ["location"],
      label: ({ resourceGroupName }) => textOf(resourceGroupName),
      check: ({ resourceGroupName }) =>
        (resourceGroupName ?? null) === null
          ? [{ path: ["resourceGroupName"], reason: "missing: the rehearsal makes no names up; give it" }]
          : [],
      id: ({ resourceGroupName }, services) => {
        const id = groupId(textOf(resourceGroupName), services);
        if (find(id, services) === undefined) return id;
        throw new AzureApiError("ResourceGroupExists", `there is ${id} already. Import it, or delete it.`);
      },
      outputs: (inputs, _id, services) => ({
        name: textOf(inputs.resourceGroupName),
        type: "Microsoft.Resources/resourceGroups",
        location: placeOf({ location: inputs.location ?? null }, services),
      }),
      removed: (id, _properties, services) => emptied(id, services),
    }),
  ],
];
