export { SimulatedCluster } from "./cluster";
export { SimulatedClusterHost } from "./host";
