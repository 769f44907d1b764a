import type { types } from "@pulumi/kubernetes";

interface Amounts {
  readonly cpu: string;
  readonly memory: string;
  readonly ephemeralStorage: string;
}

/** Requests and limits of one container, in Kubernetes quantities. */
export interface ResourcesArgs {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /**
   * Whole GPUs.
   * @default 0
   */
  readonly gpus?: number;
}

export const containerResources = (args: ResourcesArgs): types.input.core.v1.ResourceRequirements => {
  const gpus: Record<string, string> = args.gpus ? { "nvidia.com/gpu": String(args.gpus) } : {};
  return { requests: { ...amounts(args.requests), ...gpus }, limits: { ...amounts(args.limits), ...gpus } };
};

const amounts = ({ cpu, memory, ephemeralStorage }: Amounts) => ({
  cpu,
  memory,
  "ephemeral-storage": ephemeralStorage,
});
