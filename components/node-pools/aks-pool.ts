import type { types } from "@pulumi/azure-native";
import { inputError } from "../shared";
import { surgePercent } from "./aks-surge";
import { nodeLabels, nodeTaints, type NodePoolArgs } from "./node-pool";

/** What the pool made with the cluster and those beside it have in common: an agent pool, but for its name. */
export const aksPool = (
  environment: string,
  name: string,
  pool: NodePoolArgs,
  nodeSubnetId: types.input.containerservice.ManagedClusterAgentPoolProfileArgs["vnetSubnetID"],
) => ({
  vmSize: pool.plan,
  type: "VirtualMachineScaleSets",
  osType: "Linux",
  // AKS installs NVIDIA's driver for every GPU size on Ubuntu; elsewhere the smaller system, with less to patch.
  ...(isGpu(pool) ? { osSKU: "Ubuntu", gpuProfile: { driver: "Install" } } : { osSKU: "AzureLinux" }),
  availabilityZones: [...(pool.zones ?? ["1", "2", "3"])],
  count: pool.count,
  ...(pool.autoscaling
    ? { enableAutoScaling: true, minCount: pool.autoscaling.min, maxCount: pool.autoscaling.max }
    : { enableAutoScaling: false }),
  osDiskSizeGB: pool.diskGiB ?? defaultDiskGiB,
  osDiskType: "Managed",
  // Caches and temporary disks too, not only what is stored. The subscription must have the feature
  // Microsoft.Compute/EncryptionAtHost registered.
  enableEncryptionAtHost: true,
  enableNodePublicIP: false,
  maxPods: 110,
  ...(nodeSubnetId && { vnetSubnetID: nodeSubnetId }),
  nodeLabels: nodeLabels(environment, name, pool),
  nodeTaints: nodeTaints(pool).map(taintText),
  // A GPU to spare for the time of an upgrade is seldom to be had: there one node goes before its successor comes.
  upgradeSettings: isGpu(pool) ? { maxSurge: "0", maxUnavailable: "1" } : { maxSurge: `${surgePercent}%` },
});

/** As AKS takes a taint: `key=value:effect`, or `key:effect` where it has no value. */
const taintText = ({ key, value, effect }: ReturnType<typeof nodeTaints>[number]): string =>
  `${key}${value === "" ? "" : `=${value}`}:${effect}`;

/** AKS' own default for all but the largest plans, in GiB, set so that a change of theirs replaces no node. */
const defaultDiskGiB = 128;

const isGpu = ({ purpose }: NodePoolArgs): boolean => purpose === "inference";

/**
 * AKS taints every spot node `kubernetes.azure.com/scalesetpriority=spot:NoSchedule`, and won't have it otherwise. The
 * platform's pods don't tolerate that, so that such a pool would cost and stay empty.
 * @throws InputPropertyError for the first spot pool
 * @see https://learn.microsoft.com/azure/aks/spot-node-pool
 */
export const refuseSpot = (pools: Readonly<Record<string, NodePoolArgs>>): void => {
  const spot = Object.entries(pools).find(([, pool]) => pool.spot);
  if (!spot) return;
  throw inputError(
    `nodePools.${spot[0]}.spot`,
    "found true, but AKS keeps every pod off spot nodes that doesn't tolerate kubernetes.azure.com/scalesetpriority, as none here does. Set it to false.",
  );
};
