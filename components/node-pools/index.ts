export { planCatalogues } from "./catalogues";
export { LkeNodePools, type LkeNodePoolsArgs } from "./lke-node-pools";
export {
  gpuTaint,
  nestedAndSeparate,
  nodeLabel,
  nodeLabels,
  nodeTaints,
  type NodePoolArgs,
  type NodePools,
} from "./node-pool";
export type { NodeResources, Plan, PlanCatalogue } from "./plan";
