// A class of one cloud is imported by its file, so that its SDK is loaded on that cloud only.
export type { Cluster, JoiningFacts } from "./cluster";
export { JoinedCluster, type JoinedClusterArgs } from "./joined-cluster";
export { kubernetesProvider, type ClusterAccess } from "./kubernetes-provider";
