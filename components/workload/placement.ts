import type { types } from "@pulumi/kubernetes";
import { gpuTaint, nodeLabel } from "../node-pools";
import { podSelector } from "./labels";

type PodSpec = types.input.core.v1.PodSpec;

type Purpose = "general" | "inference";

/** Labels of the nodes that an environment's own pools have. */
export const ownNodes = (environment: string, purpose: Purpose = "general"): Readonly<Record<string, string>> => ({
  [nodeLabel.environment]: environment,
  ...(purpose === "inference" && { [nodeLabel.purpose]: purpose }),
});

/**
 * On the nodes that are meant for it, spread over zones and nodes. Spreading is asked for, not demanded: a replica beside
 * another is better than one that doesn't run.
 */
export const placement = (
  name: string,
  nodeSelector: Readonly<Record<string, string>>,
  purpose: Purpose = "general",
): Pick<PodSpec, "nodeSelector" | "tolerations" | "topologySpreadConstraints" | "affinity"> => {
  const labelSelector = { matchLabels: podSelector(name) };
  return {
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector: { ...nodeSelector } }),
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
