import { linodeNodeResources } from "./linode-plans";
import type { PlanCatalogue } from "./plan";

export const awsCatalogue: PlanCatalogue = {
  product: "EKS",
  plans: {},
  gpuExample: "g7e.4xlarge",
  maxNodes: 100,
  unsupported: () => undefined,
  nodeResources: linodeNodeResources,
};
