/**
 * Ranges that a cluster has for itself, inside, beside the environment's network: no network that is to reach the
 * cluster may overlap with them. Plain data, in CIDR notation.
 */

/**
 * Addresses of Kubernetes Services on EKS. Pods have addresses of the VPC itself.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 */
export const eksServiceRange = "172.20.0.0/16";

/**
 * Addresses of pods on AKS, which lie over the network (Azure CNI Overlay): a /24 for each node, 4096 nodes. Of RFC 6598's
 * shared space, where no environment's network, which is of RFC 1918's, can be.
 * @see https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
 */
export const aksPodRange = "100.64.0.0/12";

/** Addresses of Kubernetes Services on AKS. */
export const aksServiceRange = "100.80.0.0/16";

/** The address of the cluster's DNS on AKS: one of its Services', and not the first. */
export const aksDnsAddress = "100.80.0.10";

/**
 * Ranges that AKS lets no network of a cluster have.
 * @see https://learn.microsoft.com/azure/aks/configure-azure-cni-overlay
 */
export const azureKeptRanges = ["172.30.0.0/16", "172.31.0.0/16"] as const;
