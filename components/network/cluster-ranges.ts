/**
 * Ranges that a cluster has for itself, inside, beside the environment's network: no network that is to reach the
 * cluster may overlap with them. Plain data, in CIDR notation.
 */

/**
 * Addresses of Kubernetes Services on EKS, which takes this range where the network doesn't hold it already. Pods have
 * addresses of the VPC itself.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 */
export const eksServiceRange = "172.20.0.0/16";

/**
 * Addresses of pods on AKS, which lie over the network (Azure CNI Overlay): a /24 of it for each node.
 * @see https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
 */
export const aksPodRange = "10.244.0.0/16";

/** Addresses of Kubernetes Services on AKS. */
export const aksServiceRange = "10.245.0.0/16";

/** The address of the cluster's DNS on AKS: one of its Services', and not the first. */
export const aksDnsAddress = "10.245.0.10";
