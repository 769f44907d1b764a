// A class of one cloud is imported by its file, so that its SDK is loaded on that cloud only.
export { planCatalogues } from "./catalogues";
export {
  gpuTaint,
  nestedAndSeparate,
  nodeLabel,
  nodeLabels,
  nodeTaints,
  taintEffects,
  type NodePoolArgs,
  type NodePools,
  type Taint,
  type TaintEffect,
} from "./node-pool";
export type { NodeResources, Plan, PlanCatalogue } from "./plan";
