export type { Cluster, JoiningFacts } from "./cluster";
export { JoinedCluster, type JoinedClusterArgs } from "./joined-cluster";
export { kubernetesProvider, type ClusterAccess } from "./kubernetes-provider";
