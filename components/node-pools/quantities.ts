import type { NodeResources, Plan } from "./plan";

export const kiInGi = 1024 * 1024;
export const kiInMi = 1024;

/** Steps of a graded reservation: of the amount up to `upTo`, beyond the step before, this share is kept. */
export type Steps = readonly { readonly upTo: number; readonly share: number }[];

/** What a graded reservation keeps of an amount, in the amount's own unit. */
export function graded(amount: number, steps: Steps): number {
  let below = 0;
  let kept = 0;
  for (const { upTo, share } of steps) {
    kept += Math.max(0, Math.min(amount, upTo) - below) * share;
    below = upTo;
  }
  return kept;
}

/**
 * Share of a core that is kept back, as GKE documents it and others took it over: 6 % of the first, 1 % of the second,
 * 0.5 % of the next two, 0.25 % of all others.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 */
export const reservedCpu: Steps = [
  { upTo: 1, share: 0.06 },
  { upTo: 2, share: 0.01 },
  { upTo: 4, share: 0.005 },
  { upTo: Infinity, share: 0.0025 },
];

/** What a provider keeps back of a node, beside what the kernel and the firmware take of the plan's memory. */
export interface Reservation {
  /** Share of the plan's memory that the node reports at all, from 0 to 1. */
  readonly visibleMemory: number;
  readonly cpuMillis: number;
  /** Including the eviction threshold. */
  readonly memoryKi: (capacityKi: number) => number;
  readonly diskGiB: number;
  readonly maxPods: number;
}

/** A node's capacity and what of it pods may use, rounded down. Of the disk, kubelet evicts below 10 % free. */
export function resourcesOf(
  plan: Plan,
  kept: Reservation,
): { readonly capacity: NodeResources; readonly allocatable: NodeResources } {
  const memoryKi = Math.floor(plan.memoryGiB * kiInGi * kept.visibleMemory);
  const diskKi = kept.diskGiB * kiInGi;
  const same: NodeResources = { pods: `${kept.maxPods}`, ...(plan.gpus > 0 && { "nvidia.com/gpu": `${plan.gpus}` }) };
  return {
    capacity: { cpu: `${plan.vcpus}`, memory: `${memoryKi}Ki`, "ephemeral-storage": `${diskKi}Ki`, ...same },
    allocatable: {
      cpu: `${Math.floor(plan.vcpus * 1000 - kept.cpuMillis)}m`,
      memory: `${Math.floor(memoryKi - kept.memoryKi(memoryKi))}Ki`,
      "ephemeral-storage": `${Math.floor(diskKi * 0.9)}Ki`,
      ...same,
    },
  };
}

export function byName(plans: readonly Plan[]): Readonly<Record<string, Plan>> {
  return Object.fromEntries(plans.map((p) => [p.name, p]));
}
