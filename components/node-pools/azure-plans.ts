import type { Plan, PlanCatalogue } from "./plan";
import { byName, kiInMi, resourcesOf } from "./quantities";

/** Nodes' disks on AKS where a pool doesn't say otherwise, in GiB. */
const diskGiB = 100;

/**
 * Azure's sizes that pools may have as nodes, all x86-64, as our images are. What `az vm list-skus` answers is the
 * authority; looked up 2026-11-21, with no live API at hand:
 * - D and E families: 4 and 8 GiB a vCPU, as https://learn.microsoft.com/azure/virtual-machines/sizes/overview has them.
 * - NC A100 v4, NCads H100 v5 and NVadsA10 v5 (whole GPUs only): their own pages below that one.
 * - NC RTX PRO 6000 BSE v6: the names that came with general availability (144 and 288 vCPUs for one and two GPUs), from
 *   that series' page; memory from a public listing of Azure's prices.
 * Smaller sizes of the last two series have a part of a GPU, which Kubernetes counts as a whole one: left out.
 */
const plans: Readonly<Record<string, Plan>> = byName([
  ...family("D", "s_v5", 4, [2, 4, 8, 16, 32, 48, 64]),
  ...family("D", "s_v6", 4, [2, 4, 8, 16, 32, 48, 64]),
  ...family("D", "as_v6", 4, [2, 4, 8, 16, 32, 48, 64]),
  ...family("E", "s_v5", 8, [2, 4, 8, 16, 32, 48]),

  gpuPlan("Standard_NC24ads_A100_v4", 24, 220, 1, "NVIDIA A100 80GB PCIe"),
  gpuPlan("Standard_NC48ads_A100_v4", 48, 440, 2, "NVIDIA A100 80GB PCIe"),
  gpuPlan("Standard_NC96ads_A100_v4", 96, 880, 4, "NVIDIA A100 80GB PCIe"),
  gpuPlan("Standard_NC40ads_H100_v5", 40, 320, 1, "NVIDIA H100 NVL"),
  gpuPlan("Standard_NC80adis_H100_v5", 80, 640, 2, "NVIDIA H100 NVL"),
  gpuPlan("Standard_NV36ads_A10_v5", 36, 440, 1, "NVIDIA A10"),
  gpuPlan("Standard_NV72ads_A10_v5", 72, 880, 2, "NVIDIA A10"),
  gpuPlan("Standard_NC144lds_xl_RTXPRO6000BSE_v6", 144, 264, 1, rtxPro6000()),
  gpuPlan("Standard_NC144ds_xl_RTXPRO6000BSE_v6", 144, 516, 1, rtxPro6000()),
  gpuPlan("Standard_NC288ds_xl_RTXPRO6000BSE_v6", 288, 1032, 2, rtxPro6000()),
]);

/**
 * Pods a node, which pools on AKS are made with. More would be possible (250), but AKS keeps 20 MB back for each of them,
 * whether they run or not, and the other clouds' nodes of these sizes take no more either.
 */
export const aksMaxPods = 110;

/**
 * Why a size that Azure has can't be a node here, and what to take instead; undefined for any other name.
 * @see https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 * @see https://learn.microsoft.com/azure/aks/use-system-pools for the B series
 */
function unsupported(name: string): string | undefined {
  if (Object.hasOwn(plans, name)) return undefined;
  if (/^Standard_B/i.test(name)) {
    return "B sizes are throttled once their CPU credits are spent, and AKS advises against them. Take Standard_D4s_v6.";
  }
  if (/^Standard_A\d/i.test(name)) return "AKS takes no A sizes for its system pools. Take Standard_D4s_v6.";
  // A `p` after the number of vCPUs stands for an ARM processor.
  if (/^Standard_[DE]\d+[a-z]*p[a-z]*_/i.test(name)) {
    return "It runs ARM images, and ours are built for x86-64. Take the size without the p, as Standard_D8s_v6.";
  }
  if (/^Standard_NC\d+l?ds_xl_RTXPRO6000BSE_v6$|^Standard_NV\d+adm?s_A10_v5$/i.test(name)) {
    return `It is a preview's name, or has a part of a GPU, which Kubernetes counts as a whole. Take ${whole(name)}.`;
  }
  if (/^Standard_NC\d+r?(s_v[23])?$|^Standard_N[VG]\d+a?s_v[34]$|^Standard_ND\d+r?s$/i.test(name)) {
    return "Its GPUs are withdrawn, or too old for the inference images. Take Standard_NC24ads_A100_v4.";
  }
  return undefined;
}

/** The smallest size of the same series with a whole GPU. */
function whole(name: string): string {
  return /A10/i.test(name) ? "Standard_NV36ads_A10_v5" : "Standard_NC144ds_xl_RTXPRO6000BSE_v6";
}

/** Millicores that AKS keeps back, by the node's cores. */
const reservedCpu: readonly (readonly [cores: number, millis: number])[] = [
  [1, 60],
  [2, 100],
  [4, 140],
  [8, 180],
  [16, 260],
  [32, 420],
  [64, 740],
];

/** Between two rows of the table in proportion; beyond the last as between the last two: 10 millicores a core. */
function reservedMillis(cores: number): number {
  const above = reservedCpu.findIndex(([upTo]) => cores <= upTo);
  const [from, to] = above > 0 ? reservedCpu.slice(above - 1, above + 1) : reservedCpu.slice(above === 0 ? 0 : -2);
  if (from === undefined || to === undefined) return 0;
  return Math.ceil(from[1] + ((to[1] - from[1]) * (cores - from[0])) / (to[0] - from[0]));
}

/**
 * What a node reports on AKS since 1.29: of the memory 20 MB for each pod that may run and 50 MB are kept back, or a
 * quarter if that is less, and 100Mi for eviction; of the CPU what a table says. Capacity has 96 % of the size's memory:
 * the hypervisor, the kernel and the firmware keep the rest.
 * @see https://learn.microsoft.com/azure/aks/node-resource-reservations as read on 2026-11-21
 */
const nodeResources: PlanCatalogue["nodeResources"] = (plan) =>
  resourcesOf(plan, {
    visibleMemory: 0.96,
    cpuMillis: reservedMillis(plan.vcpus),
    memoryKi: (capacityKi) => Math.min((20 * aksMaxPods + 50) * kiInMi, capacityKi / 4) + 100 * kiInMi,
    diskGiB: plan.diskGiB,
    maxPods: aksMaxPods,
  });

export const azureCatalogue: PlanCatalogue = {
  product: "AKS",
  plans,
  gpuExample: "Standard_NC24ads_A100_v4",
  generalExample: "Standard_D8s_v6",
  hasDiskAndSpot: true,
  // https://learn.microsoft.com/azure/aks/quotas-skus-regions: 1000 a node pool, of a scale set.
  maxNodes: 1000,
  // https://learn.microsoft.com/azure/aks/use-system-pools: user pools may have no node, the cluster's own may not.
  minNodes: 0,
  unsupported,
  nodeResources,
};

function family(letter: string, rest: string, gibPerVcpu: number, sizes: readonly number[]): Plan[] {
  return sizes.map((vcpus) => {
    return { name: `Standard_${letter}${vcpus}${rest}`, vcpus, memoryGiB: gibPerVcpu * vcpus, diskGiB, gpus: 0 };
  });
}

function gpuPlan(name: string, vcpus: number, memoryGiB: number, gpus: number, gpuModel: string): Plan {
  return { name, vcpus, memoryGiB, diskGiB, gpus, gpuModel };
}

function rtxPro6000(): string {
  return "NVIDIA RTX PRO 6000 Blackwell Server Edition";
}
