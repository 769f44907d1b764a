/** What a Deployment of Kubernetes says of its rollout. */
export interface Rollout {
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly generation?: number };
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly RolloutCondition[];
  };
}

interface RolloutCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/**
 * Why a deployment is not yet what it should be; undefined when it is. The same questions as `kubectl rollout status` asks: has the
 * controller seen this version, do all replicas run it, are the old ones gone, are enough available.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
export const notRolledOut = ({ metadata, spec, status }: Rollout): string | undefined => {
  const wanted = spec?.replicas ?? 1;
  const updated = status?.updatedReplicas ?? 0;
  const all = status?.replicas ?? 0;
  const available = status?.availableReplicas ?? 0;
  const stuck = status?.conditions?.find(({ type, status: value }) => type === "Progressing" && value === "False");
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 1))
    return "its controller has not seen this version";
  if (stuck !== undefined) return `its rollout is stuck: ${stuck.reason ?? ""} ${stuck.message ?? ""}`.trimEnd();
  if (updated < wanted) return `found ${updated} of ${wanted} replicas updated`;
  if (all > updated) return `found ${all - updated} replicas of an older version`;
  if (available < wanted) return `found ${available} of ${wanted} replicas available`;
  return undefined;
};
