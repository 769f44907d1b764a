import { planCatalogues } from "../../components/node-pools/catalogues";
import type { Plan } from "../../components/node-pools/plan";
import { suggest } from "./mistake";
import type { Cloud } from "./stack-config";

/** A plan by its name. `on` is the stack's cloud, or every cloud where that is not known. */
export function planOf(name: string, on: readonly Cloud[]): Plan | undefined {
  for (const cloud of on) {
    const { plans } = planCatalogues[cloud];
    if (Object.hasOwn(plans, name)) return plans[name];
  }
  return undefined;
}

/** GPU plans to recommend, one a cloud. */
export function gpuExamples(on: readonly Cloud[]): string {
  return on.map((cloud) => planCatalogues[cloud].gpuExample).join(" or ");
}

/** Why a name is no plan for a node pool, and what to take; undefined for a plan that is one. */
export function planFault(name: string, on: readonly Cloud[]): string | undefined {
  if (planOf(name, on) !== undefined) return undefined;
  const catalogues = on.map((cloud) => planCatalogues[cloud]);
  for (const catalogue of catalogues) {
    const why = catalogue.unsupported(name);
    if (why !== undefined) return why;
  }
  const { product, plans, generalExample, gpuExample } = catalogues[0] ?? planCatalogues.linode;
  const products = catalogues.map((catalogue) => catalogue.product).join(", ") || product;
  const elsewhere = Object.values(planCatalogues).find((other) => Object.hasOwn(other.plans, name));
  if (elsewhere !== undefined) {
    return `It is a plan of ${elsewhere.product}. On ${product} take ${generalExample}, or ${gpuExample} for GPUs.`;
  }
  const known = catalogues.length === 1 ? Object.keys(plans) : catalogues.flatMap((c) => Object.keys(c.plans));
  const family = known.filter((plan) => familyOf(plan) === familyOf(name));
  return `${products} has no such plan. ${suggest(name, family.length > 0 ? family : known)}`;
}

/** The plans of the same family are the likely ones, and few enough to be listed: g6-standard, m7i, Standard_D…s_v6. */
function familyOf(plan: string): string {
  return /^Standard_/i.test(plan) ? plan.replace(/\d+/, "") : plan.replace(/[-.][^-.]+$/, "");
}
