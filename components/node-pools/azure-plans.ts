import { linodeNodeResources } from "./linode-plans";
import type { PlanCatalogue } from "./plan";

export const azureCatalogue: PlanCatalogue = {
  product: "AKS",
  plans: {},
  gpuExample: "Standard_NC24ads_A100_v4",
  maxNodes: 100,
  unsupported: () => undefined,
  nodeResources: linodeNodeResources,
};
