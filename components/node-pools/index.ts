export { planCatalogues } from "./catalogues";
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
export { taintEffects, type Taint, type TaintEffect } from "./taint";
