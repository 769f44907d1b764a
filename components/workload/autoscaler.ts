import type { types } from "@pulumi/kubernetes";

export interface ReplicasArgs {
  readonly min: number;
  readonly max: number;
}

/** Shares of what the pods request at which another pod is added. */
const target = { cpu: 70, memory: 80 } as const;

/**
 * Fast up: at once, doubling or four pods each quarter of a minute, whichever is more. Slow down: one pod a minute, and
 * only when the last five minutes all agree, so that a lull doesn't cost the next wave its pods.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
export const autoscaler = (
  deployment: string,
  replicas: ReplicasArgs,
): types.input.autoscaling.v2.HorizontalPodAutoscalerSpec => ({
  scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
  minReplicas: replicas.min,
  maxReplicas: replicas.max,
  metrics: [utilization("cpu"), utilization("memory")],
  behavior: {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: "Max",
      policies: [
        { type: "Percent", value: 100, periodSeconds: 15 },
        { type: "Pods", value: 4, periodSeconds: 15 },
      ],
    },
    scaleDown: {
      stabilizationWindowSeconds: 300,
      policies: [{ type: "Pods", value: 1, periodSeconds: 60 }],
    },
  },
});

const utilization = (name: keyof typeof target): types.input.autoscaling.v2.MetricSpec => ({
  type: "Resource",
  resource: { name, target: { type: "Utilization", averageUtilization: target[name] } },
});
