import type { types } from "@pulumi/kubernetes";
import { podSelector } from "./labels";

/**
 * One pod may be down at once, however many there are, so that a node can always be drained: a `minAvailable` would block
 * the drain whenever the autoscaler sits at that number. Pods that aren't ready may always go, since they would hold a
 * drain up for ever. A single replica gets no budget: any would either block the drain or say nothing.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export const disruptionBudget = (
  name: string,
  minReplicas: number,
): types.input.policy.v1.PodDisruptionBudgetSpec | undefined =>
  minReplicas > 1
    ? {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: podSelector(name) },
      }
    : undefined;
