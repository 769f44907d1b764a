import type { Cloud } from "../shared";
import { awsCatalogue } from "./aws-plans";
import { azureCatalogue } from "./azure-plans";
import { linodeNodeResources, linodePlans, unsupportedLinodePlan } from "./linode-plans";
import type { PlanCatalogue } from "./plan";

const linodeCatalogue: PlanCatalogue = {
  product: "LKE",
  plans: linodePlans,
  gpuExample: "g3-gpu-rtxpro6000-blackwell-1",
  generalExample: "g6-standard-8",
  hasDiskAndSpot: false,
  // https://techdocs.akamai.com/cloud-computing/docs/manage-nodes-and-node-pools
  maxNodes: 100,
  // The same page: an autoscaler's minimum is 1 at least.
  minNodes: 1,
  unsupported: unsupportedLinodePlan,
  nodeResources: linodeNodeResources,
};

/** Every cloud's plans: what the checks of stack files, the quotas and the rehearsal's nodes go by. */
export const planCatalogues: Readonly<Record<Cloud, PlanCatalogue>> = {
  linode: linodeCatalogue,
  aws: awsCatalogue,
  azure: azureCatalogue,
};
