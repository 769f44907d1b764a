import type { Services } from "../stand-in";
import { textOf, type Properties } from "../values";
import { hostedPool, poolFailures, sizeOf } from "./agent-pool";
import { find, regionName, type AzureType } from "./azure-type";
import { clusterToken, hostCluster, hostedId, managedCluster, poolToken } from "./managed-cluster";

const inCluster = "Microsoft.ContainerService/managedClusters/{resourceName}";

export const containerservice: readonly AzureType[] = [
  managedCluster,
  {
    token: poolToken,
    path: `${inCluster}/agentPools/{agentPoolName}`,
    replaces: [
      "availabilityZones",
      "osDiskSizeGB",
      "osDiskType",
      "vmSize",
      "vnetSubnetID",
      "maxPods",
      "osType",
      "scaleSetPriority",
    ],
    check: (inputs) => poolFailures(inputs, "agentPoolName"),
    creating: (inputs) => void sizeOf(inputs),
    outputs: ({ type }) => ({ provisioningState: "Succeeded", ...(type !== undefined && { type }) }),
    applied: async (inputs, id, services) => {
      await applyPool(id, inputs, services);
      return {};
    },
    removed: async (id, { agentPoolName }, { clusterHost }) => {
      await clusterHost.removePool(hostedId(clusterOf(id)), textOf(agentPoolName));
    },
  },
  {
    token: "azure-native:containerservice:MaintenanceConfiguration",
    path: `${inCluster}/maintenanceConfigurations/{configName}`,
  },
];

const clusterOf = (poolId: string): string => poolId.slice(0, poolId.indexOf("/agentPools/"));

const applyPool = async (id: string, pool: Properties, services: Services): Promise<void> => {
  const cluster = find(clusterOf(id), services);
  if (cluster === undefined) return;
  const region = regionName(cluster.properties.location);
  await services.clusterHost.applyPool(hostedPool(hostedId(cluster.id), textOf(pool.agentPoolName), region, pool));
};

/** Brings the clusters of an earlier run, and their nodes, back to where they run. */
export const resumeClusters = async (services: Services): Promise<void> => {
  const { inventory } = services;
  for (const { id, properties } of inventory.list({ type: clusterToken })) await hostCluster(id, properties, services);
  for (const { id, properties, partOf } of inventory.list({ type: poolToken })) {
    if (partOf === undefined) await applyPool(id, properties, services);
  }
};
