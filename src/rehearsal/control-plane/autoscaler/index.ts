export { isAdded, keptNodes, playAutoscaler } from "./autoscaler";
export { hasRoom, nodesToAdd, poolsAtMaximum, type AutoscaledPool, type ClusterState } from "./plan";
