export type { Cluster } from "./cluster";
export { JoinedCluster, type JoinedClusterArgs } from "./joined-cluster";
export { LkeCluster, type LkeClusterArgs } from "./lke-cluster";
