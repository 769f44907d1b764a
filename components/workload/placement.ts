import type { types } from "@pulumi/kubernetes";
import { gpuTaint, nodeLabel } from "../node-pools";
import { podSelector } from "./labels";

type PodSpec = types.input.core.v1.PodSpec;

type Purpose = "general" | "inference";

/**
 * On the environment's own nodes, spread over zones and nodes. Spreading is asked for, not demanded: a replica beside
 * another is better than one that doesn't run.
 */
export const placement = (
  name: string,
  environment: string,
  purpose: Purpose,
): Pick<PodSpec, "nodeSelector" | "tolerations" | "topologySpreadConstraints" | "affinity"> => {
  const labelSelector = { matchLabels: podSelector(name) };
  return {
    nodeSelector: {
      [nodeLabel.environment]: environment,
      ...(purpose === "inference" && { [nodeLabel.purpose]: purpose }),
    },
    ...(purpose === "inference" && {
      tolerations: [{ key: gpuTaint.key, operator: "Exists", effect: gpuTaint.effect }],
    }),
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector,
    })),
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector } },
        ],
      },
    },
  };
};
