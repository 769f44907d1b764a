import type { V1Pod } from "@kubernetes/client-node";

/** Running, or done. */
export const isPlaced = ({ status }: V1Pod): boolean => status?.phase === "Running" || status?.phase === "Succeeded";

/** One that has ended holds nothing on its node. */
export const hasEnded = ({ status }: V1Pod): boolean => status?.phase === "Succeeded" || status?.phase === "Failed";

/** The scheduler has looked, and found no node. */
export const isUnschedulable = (pod: V1Pod): boolean => scheduledCondition(pod)?.status === "False";

const scheduledCondition = ({ status }: V1Pod) => status?.conditions?.find(({ type }) => type === "PodScheduled");

/** In the words of whoever holds it up: the scheduler, a container, or the node. */
export const whyUnplaced = (pod: V1Pod): string => {
  const scheduled = scheduledCondition(pod);
  if (scheduled?.status === "False") return scheduled.message ?? scheduled.reason ?? "not scheduled, no reason given";
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const states = statuses.flatMap(({ name, state }) => {
    const why = state?.waiting ?? state?.terminated;
    return why?.reason === undefined
      ? []
      : [`${name}: ${why.reason}${why.message === undefined ? "" : `, ${why.message}`}`];
  });
  if (states.length > 0) return states.join("; ");
  const node = pod.spec?.nodeName;
  return (
    pod.status?.message ??
    (node === undefined ? "the scheduler has not looked at it yet" : `on ${node}, not started yet`)
  );
};
