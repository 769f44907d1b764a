import type { Verdict } from "./check-schema";
import type { Cloud } from "./stack-config";

/** Minor versions that a cloud offers, oldest first. */
export interface CloudVersions {
  readonly offered: readonly [oldest: string, ...newer: string[]];
  /** When the list was made, for the warning. */
  readonly asOf: string;
  /** What lists today's. */
  readonly command: string;
}

/**
 * Kubernetes versions by cloud, looked up 2026-11-21 with no account at hand:
 * - EKS: 14 months of standard and 12 of extended support from the release there, which was in January 2025 for 1.32;
 *   1.36 is the newest that the user guide speaks of. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * - AKS: the last three, and the one before under long-term support.
 *   https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
 * - LKE: the newest three that are known to have been offered when this was written.
 */
export const kubernetesVersions: Readonly<Record<Cloud, CloudVersions>> = {
  linode: { offered: ["1.33", "1.34", "1.35"], asOf: "2026-11-21", command: "linode-cli lke versions-list" },
  aws: {
    offered: ["1.32", "1.33", "1.34", "1.35", "1.36"],
    asOf: "2026-11-21",
    command: "aws eks describe-cluster-versions",
  },
  azure: {
    offered: ["1.33", "1.34", "1.35"],
    asOf: "2026-11-21",
    command: "az aks get-versions --location <region>",
  },
};

/** What stacks run that say no more than the cloud: the version that the platform is rehearsed with. */
export const defaultKubernetesVersion = "1.35";

/** Whether a cloud offers a version: older ones are gone for good, a newer one may have come since the list was made. */
export function judgeVersion(version: string, cloud: Cloud): Verdict {
  const { offered, asOf, command } = kubernetesVersions[cloud];
  if (offered.includes(version)) return { kind: "fine" };
  if (minor(version) < minor(offered[0])) {
    return { kind: "wrong", help: `${cloud} no longer offers it. Offered as of ${asOf}: ${offered.join(", ")}.` };
  }
  return { kind: "doubtful", help: `Newer than the list of ${asOf}. ${command} shows whether ${cloud} offers it.` };
}

const minor = (version: string): number => Number(version.split(".")[1]);
