import type { NodeResources, Plan } from "./plan";
import { byName, graded, kiInGi, kiInMi, reservedCpu, resourcesOf, type Steps } from "./quantities";

/**
 * Linode's plans that LKE takes as nodes, by the API's id. What `linode-cli linodes types` answers is the authority;
 * looked up 2026-11-21, with no live API at hand:
 * - vCPUs and memory of g6-standard, g6-dedicated, g7-highmem, g7-premium and g2-gpu: public listings of that answer,
 *   which agree with each other; the smallest and largest disk of each of the first four from a copy of 2026-09-17.
 * - Disks between those ends: the published plan tables as generally known, not checked against the API.
 * - RTX 4000 Ada disks: 512 GB for the smallest, as a listing of 2026 gives it. The others are taken as 512 GB a GPU,
 *   which is an assumption, on the low side.
 * - RTX PRO 6000 Blackwell: one GPU with 16 vCPUs and 176 GB, four with 64 and 736 GB, from
 *   https://techdocs.akamai.com/cloud-computing/docs/gpu-compute-instances as read on 2026-09-06. Two GPUs are assumed
 *   to be twice one, and no source for their disks was found: 512 GB a GPU is an assumption.
 */
export const linodePlans: Readonly<Record<string, Plan>> = byName([
  plan("g6-standard-1", 1, 2, 50),
  plan("g6-standard-2", 2, 4, 80),
  plan("g6-standard-4", 4, 8, 160),
  plan("g6-standard-6", 6, 16, 320),
  plan("g6-standard-8", 8, 32, 640),
  plan("g6-standard-16", 16, 64, 1280),
  plan("g6-standard-20", 20, 96, 1920),
  plan("g6-standard-24", 24, 128, 2560),
  plan("g6-standard-32", 32, 192, 3840),

  plan("g6-dedicated-2", 2, 4, 80),
  plan("g6-dedicated-4", 4, 8, 160),
  plan("g6-dedicated-8", 8, 16, 320),
  plan("g6-dedicated-16", 16, 32, 640),
  plan("g6-dedicated-32", 32, 64, 1280),
  plan("g6-dedicated-48", 48, 96, 1920),
  plan("g6-dedicated-50", 50, 128, 2500),
  plan("g6-dedicated-56", 56, 256, 5000),
  plan("g6-dedicated-64", 64, 512, 7200),

  plan("g7-highmem-1", 2, 24, 20),
  plan("g7-highmem-2", 2, 48, 40),
  plan("g7-highmem-4", 4, 90, 90),
  plan("g7-highmem-8", 8, 150, 200),
  plan("g7-highmem-16", 16, 300, 340),

  plan("g7-premium-2", 2, 4, 80),
  plan("g7-premium-4", 4, 8, 160),
  plan("g7-premium-8", 8, 16, 320),
  plan("g7-premium-16", 16, 32, 640),
  plan("g7-premium-32", 32, 64, 1280),
  plan("g7-premium-48", 48, 96, 1920),
  plan("g7-premium-50", 50, 128, 2500),
  plan("g7-premium-56", 56, 256, 5000),

  gpuPlan("g2-gpu-rtx4000a1-s", 4, 16, rtx4000Ada(1)),
  gpuPlan("g2-gpu-rtx4000a1-m", 8, 32, rtx4000Ada(1)),
  gpuPlan("g2-gpu-rtx4000a1-l", 16, 64, rtx4000Ada(1)),
  gpuPlan("g2-gpu-rtx4000a1-xl", 32, 128, rtx4000Ada(1)),
  gpuPlan("g2-gpu-rtx4000a2-s", 8, 32, rtx4000Ada(2)),
  gpuPlan("g2-gpu-rtx4000a2-m", 16, 64, rtx4000Ada(2)),
  gpuPlan("g2-gpu-rtx4000a2-hs", 16, 64, rtx4000Ada(2)),
  gpuPlan("g2-gpu-rtx4000a4-s", 32, 128, rtx4000Ada(4)),
  gpuPlan("g2-gpu-rtx4000a4-m", 48, 196, rtx4000Ada(4)),

  gpuPlan("g3-gpu-rtxpro6000-blackwell-1", 16, 176, rtxPro6000(1)),
  gpuPlan("g3-gpu-rtxpro6000-blackwell-2", 32, 352, rtxPro6000(2)),
  gpuPlan("g3-gpu-rtxpro6000-blackwell-4", 64, 736, rtxPro6000(4)),
]);

/**
 * Why a plan that Linode has, or had, cannot be a node of LKE, and what to take instead; undefined for any other name.
 * @see https://techdocs.akamai.com/cloud-computing/docs/gpus-on-lke
 */
export function unsupportedLinodePlan(name: string): string | undefined {
  if (/^g1-gpu-rtx6000(-|$)/.test(name)) {
    return "LKE cannot run the Quadro RTX 6000 plans. Its RTX 6000 class is g3-gpu-rtxpro6000-blackwell-1 (or -2, -4).";
  }
  if (name === "g6-nanode-1") return "LKE takes no Nanode as a node. The smallest plan is g6-standard-1.";
  if (name.startsWith("g1-accelerated-netint-vpu-")) {
    return "These plans carry video processors, not GPUs, and are not offered to LKE. Take a g2-gpu or g3-gpu plan.";
  }
  return undefined;
}

/**
 * What a node of this plan reports to Kubernetes. Meant to be on the low side, so that what fits here fits there:
 * - Capacity has 96 % of the plan's memory: the kernel and the firmware keep the rest (a g3 Blackwell of 176 GB was
 *   publicly seen with 172, and smaller nodes lose a little more).
 * - Allocatable is capacity less what kubelet reserves. What LKE sets is not published (looked up 2026-11-21), so this
 *   takes the graded reservation that GKE documents, the strictest of the well-known ones, and kubelet's own hard
 *   eviction thresholds: 100Mi of memory and 10 % of the disk.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 * @see https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/
 */
export function linodeNodeResources(plan: Plan): {
  readonly capacity: NodeResources;
  readonly allocatable: NodeResources;
} {
  return resourcesOf(plan, {
    visibleMemory: 0.96,
    cpuMillis: graded(plan.vcpus, reservedCpu) * 1000,
    memoryKi: (capacityKi) => graded(capacityKi / kiInGi, reservedMemory) * kiInGi + 100 * kiInMi,
    diskGiB: plan.diskGiB,
    maxPods: 110,
  });
}

/** In GiB. */
const reservedMemory: Steps = [
  { upTo: 4, share: 0.25 },
  { upTo: 8, share: 0.2 },
  { upTo: 16, share: 0.1 },
  { upTo: 128, share: 0.06 },
  { upTo: Infinity, share: 0.02 },
];

function plan(name: string, vcpus: number, memoryGiB: number, diskGiB: number): Plan {
  return { name, vcpus, memoryGiB, diskGiB, gpus: 0 };
}

type Gpus = Pick<Plan, "gpus" | "gpuModel">;

function gpuPlan(name: string, vcpus: number, memoryGiB: number, gpus: Gpus): Plan {
  return { name, vcpus, memoryGiB, diskGiB: 512 * gpus.gpus, ...gpus };
}

function rtx4000Ada(gpus: number): Gpus {
  return { gpus, gpuModel: "NVIDIA RTX 4000 Ada Generation" };
}

function rtxPro6000(gpus: number): Gpus {
  return { gpus, gpuModel: "NVIDIA RTX PRO 6000 Blackwell Server Edition" };
}
