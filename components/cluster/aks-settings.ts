import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import { aksDnsAddress, aksPodRange, aksServiceRange } from "../network/cluster-ranges";

/** What every AKS cluster here is, whatever its environment. */
export const aksSettings = {
  enableRBAC: true,
  // Who may do what is Azure's to say: the configuration names no administrators' group, without which Kubernetes RBAC
  // would leave a new cluster with nobody in it. Roles and bindings in the cluster hold beside Azure's.
  aadProfile: { managed: true, enableAzureRBAC: true },
  // No certificate of an administrator's that can't be revoked.
  disableLocalAccounts: true,
  oidcIssuerProfile: { enabled: true },
  securityProfile: {
    workloadIdentity: { enabled: true },
    imageCleaner: { enabled: true, intervalHours: 7 * 24 },
  },
  networkProfile: {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkDataplane: "cilium",
    networkPolicy: "cilium",
    podCidr: aksPodRange,
    serviceCidr: aksServiceRange,
    dnsServiceIP: aksDnsAddress,
    loadBalancerSku: "standard",
    outboundType: "userAssignedNATGateway",
  },
  autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
  storageProfile: {
    diskCSIDriver: { enabled: true },
    fileCSIDriver: { enabled: true },
    snapshotController: { enabled: true },
  },
} as const satisfies Partial<ManagedClusterArgs>;

/**
 * Ranges that may reach the Kubernetes API. The nodes reach it from outside too, and must be among them.
 * @param egress addresses that the nodes' connections come from
 */
export const authorizedRanges = (acl: readonly string[], egress: readonly string[]): string[] => [
  ...acl,
  ...egress.map((address) => `${address}/32`),
];
