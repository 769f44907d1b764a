import type { V1Node, V1NodeSelectorRequirement, V1NodeSelectorTerm, V1Pod, V1Taint } from "@kubernetes/client-node";
import { notReadyTaint } from "../pool-nodes";

/** Whether the scheduler would let this pod onto a node like this one, were the node ready and empty enough. */
export const mayRunOn = (pod: V1Pod, node: V1Node): boolean =>
  tolerates(pod, node.spec?.taints ?? []) && isSelected(pod, node);

/**
 * Taints keep a pod off unless one of its tolerations matches; those that only prefer keep off nothing, and a node that comes
 * up will be ready: a pod that waits for it is to be given no other.
 */
const tolerates = ({ spec }: V1Pod, taints: readonly V1Taint[]): boolean =>
  taints
    .filter(({ key, effect }) => (effect === "NoSchedule" || effect === "NoExecute") && key !== notReadyTaint)
    .every((taint) =>
      (spec?.tolerations ?? []).some(
        ({ key, operator = "Equal", value, effect }) =>
          (effect === undefined || effect === "" || effect === taint.effect) &&
          // Without a key it matches every taint, which only Exists may.
          ((key ?? "") === "" ? operator === "Exists" : key === taint.key) &&
          (operator === "Exists" || (value ?? "") === (taint.value ?? "")),
      ),
    );

const isSelected = ({ spec }: V1Pod, { metadata }: V1Node): boolean => {
  const labels = metadata?.labels ?? {};
  const selected = Object.entries(spec?.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? undefined;
  return selected && (terms === undefined || terms.some((term) => matchesTerm(term, labels, metadata?.name ?? "")));
};

/** Requirements of a term hold together; a term without any selects nothing. */
const matchesTerm = (
  { matchExpressions = [], matchFields = [] }: V1NodeSelectorTerm,
  labels: Readonly<Record<string, string>>,
  name: string,
): boolean =>
  matchExpressions.length + matchFields.length > 0 &&
  matchExpressions.every((requirement) => holds(requirement, labels[requirement.key])) &&
  // The node's name is the only field that can be asked for.
  matchFields.every((requirement) => holds(requirement, requirement.key === "metadata.name" ? name : undefined));

const holds = ({ operator, values = [] }: V1NodeSelectorRequirement, found: string | undefined): boolean => {
  switch (operator) {
    case "In":
      return found !== undefined && values.includes(found);
    case "NotIn":
      return found === undefined || !values.includes(found);
    case "Exists":
      return found !== undefined;
    case "DoesNotExist":
      return found === undefined;
    case "Gt":
      return found !== undefined && Number(found) > Number(values[0]);
    case "Lt":
      return found !== undefined && Number(found) < Number(values[0]);
    default:
      return false;
  }
};
