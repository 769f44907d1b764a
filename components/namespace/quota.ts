import type { types } from "@pulumi/kubernetes";

/** Ceilings for everything in one namespace together, in Kubernetes quantities and counts. */
export interface QuotaArgs {
  readonly requestsCpu: string;
  readonly requestsMemory: string;
  readonly limitsCpu: string;
  readonly limitsMemory: string;
  readonly persistentVolumeClaims: number;
  readonly services: number;
  readonly secrets: number;
  readonly configMaps: number;
  readonly pods: number;
  /** GPUs that may be requested; 0 where no inference runs. */
  readonly gpus: number;
}

export const defaultQuota: QuotaArgs = {
  requestsCpu: "50",
  requestsMemory: "100Gi",
  limitsCpu: "100",
  limitsMemory: "200Gi",
  persistentVolumeClaims: 20,
  services: 20,
  secrets: 50,
  configMaps: 50,
  pods: 100,
  gpus: 0,
};

/** Ceilings for one operator's pods together, and for what stands beside them. */
interface OperatorQuotaArgs extends Pick<
  QuotaArgs,
  "requestsCpu" | "requestsMemory" | "limitsCpu" | "limitsMemory" | "pods"
> {
  /** @default 0 */
  readonly services?: number;
  /** @default 0 */
  readonly secrets?: number;
}

/** For a namespace that is one operator's alone: room for its pods, and for no volume and no GPU. */
export const operatorQuota = (args: OperatorQuotaArgs): QuotaArgs => ({
  persistentVolumeClaims: 0,
  services: 0,
  secrets: 0,
  // Kubernetes puts one into every namespace, with its certificate authority; meshes and the like one more.
  configMaps: 5,
  gpus: 0,
  ...args,
});

/** @see https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export const quotaHard = (quota: QuotaArgs): Record<string, string> => ({
  "requests.cpu": quota.requestsCpu,
  "requests.memory": quota.requestsMemory,
  "limits.cpu": quota.limitsCpu,
  "limits.memory": quota.limitsMemory,
  // Extended resources have no limits of their own to count: a GPU's request is its limit.
  "requests.nvidia.com/gpu": String(quota.gpus),
  persistentvolumeclaims: String(quota.persistentVolumeClaims),
  services: String(quota.services),
  secrets: String(quota.secrets),
  configmaps: String(quota.configMaps),
  pods: String(quota.pods),
});

/**
 * What a container gets that asks for nothing: little, but not nothing, since the quota refuses pods without requests and
 * limits.
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export const limitRange: types.input.core.v1.LimitRangeSpec = {
  limits: [
    {
      type: "Container",
      defaultRequest: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "256Mi" },
      default: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "1Gi" },
    },
  ],
};
