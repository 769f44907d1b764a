import { createHash } from "node:crypto";
import { Netmask } from "netmask";

import type { EntryServices } from "../table-package";
import { isList, isProperties, textOf, type Properties } from "../values";
import { AzureApiError } from "./api-error";
import { find, groupId, type AzureType } from "./azure-type";

const subnetToken = "azure-native:network:Subnet";

/** Static addresses are told at once. Of a range that is for documentation, the same for the same id. */
const addressOf = (id: string): string => `203.0.113.${createHash("sha256").update(id).digest()[0] ?? 0}`;

/** A subnet lies in its network and meets no other. @throws AzureApiError */
const refuseRange = (inputs: Properties, services: EntryServices): void => {
  if (typeof inputs.addressPrefix !== "string") return;
  const range = new Netmask(inputs.addressPrefix);
  const group = groupId(textOf(inputs.resourceGroupName), services);
  const id = `${group}/providers/Microsoft.Network/virtualNetworks/${textOf(inputs.virtualNetworkName)}`;
  const space = find(id, services)?.properties.addressSpace;
  const prefixes = isProperties(space) && isList(space.addressPrefixes) ? space.addressPrefixes.map(textOf) : [];
  if (!prefixes.some((prefix) => new Netmask(prefix).contains(range))) {
    throw new AzureApiError("NetcfgInvalidSubnet", `${inputs.addressPrefix} is not within ${prefixes.join(", ")}.`);
  }
  for (const { properties, label } of services.inventory.list({ type: subnetToken })) {
    const { addressPrefix, virtualNetworkName, resourceGroupName } = properties;
    if (virtualNetworkName !== inputs.virtualNetworkName || resourceGroupName !== inputs.resourceGroupName) continue;
    const other = new Netmask(textOf(addressPrefix));
    if (!other.contains(range.base) && !range.contains(other.base)) continue;
    throw new AzureApiError("NetcfgSubnetRangesOverlap", `${inputs.addressPrefix} overlaps with ${label}.`);
  }
};

/** A network can't go while something in it is used. @throws AzureApiError */
const refuseUsed = (id: string, services: EntryServices): void => {
  const user = services.inventory
    .list()
    .find(
      ({ type, properties }) =>
        type.startsWith("azure-native:containerservice:") && JSON.stringify(properties).includes(JSON.stringify(id)),
    );
  if (user !== undefined) throw new AzureApiError("InUseSubnetCannotBeDeleted", `${id} is used by ${user.id}.`);
};

export const network: readonly AzureType[] = [
  {
    token: "azure-native:network:VirtualNetwork",
    path: "Microsoft.Network/virtualNetworks/{virtualNetworkName}",
    located: true,
    fills: ["subnets"],
    outputs: ({ subnets }) => ({ provisioningState: "Succeeded", subnets: subnets ?? [] }),
  },
  {
    token: subnetToken,
    path: "Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}",
    creating: refuseRange,
    outputs: () => ({ provisioningState: "Succeeded" }),
    removed: (id, _properties, services) => {
      refuseUsed(id, services);
      return Promise.resolve();
    },
  },
  {
    token: "azure-native:network:NetworkSecurityGroup",
    path: "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}",
    located: true,
    outputs: () => ({ provisioningState: "Succeeded" }),
  },
  {
    token: "azure-native:network:PublicIPAddress",
    path: "Microsoft.Network/publicIPAddresses/{publicIpAddressName}",
    located: true,
    replaces: ["sku", "zones", "publicIPAddressVersion"],
    fills: ["ipAddress"],
    outputs: (inputs, id) => ({ provisioningState: "Succeeded", ipAddress: inputs.ipAddress ?? addressOf(id) }),
  },
  {
    token: "azure-native:network:NatGateway",
    path: "Microsoft.Network/natGateways/{natGatewayName}",
    located: true,
    replaces: ["sku", "zones"],
    outputs: () => ({ provisioningState: "Succeeded" }),
  },
  {
    token: "azure-native:privatedns:PrivateZone",
    path: "Microsoft.Network/privateDnsZones/{privateZoneName}",
    located: true,
    outputs: () => ({ provisioningState: "Succeeded", numberOfRecordSets: 1 }),
  },
  {
    token: "azure-native:privatedns:VirtualNetworkLink",
    path: "Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}",
    located: true,
    replaces: ["virtualNetwork"],
    outputs: () => ({ provisioningState: "Succeeded", virtualNetworkLinkState: "Completed" }),
  },
];
