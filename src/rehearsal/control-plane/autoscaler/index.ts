export { isAdded, keptNodes, playAutoscaler } from "./autoscaler";
export { isKarpenters, karpenterObjects, karpenterPools, orphans } from "./karpenter";
export { hasRoom, nodesToAdd, poolsAtMaximum, wholeMaximum, type AutoscaledPool, type ClusterState } from "./plan";
