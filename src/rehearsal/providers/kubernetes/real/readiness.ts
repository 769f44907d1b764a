import { isList, isProperties, textOf, type Properties } from "../../values";
import type { ObjectKind } from "../kinds";
import { at } from "../object";

/** How far a live object is. Failed means that waiting will not help. */
export type Readiness = { readonly state: "ready" } | { readonly state: "waiting" | "failed"; readonly reason: string };

const ready: Readiness = { state: "ready" };
const waiting = (reason: string): Readiness => ({ state: "waiting", reason });
const failed = (reason: string): Readiness => ({ state: "failed", reason });

/** Whether the object is what it should be. Kinds that nothing has to be done for are ready at once. */
export const readinessOf = ({ group, kind }: ObjectKind, live: Properties): Readiness => {
  switch (`${group}/${kind}`) {
    case "apps/Deployment":
      return deployment(live);
    case "apps/StatefulSet":
      return statefulSet(live);
    case "batch/Job":
      return job(live);
    case "/Pod":
      return pod(live);
    case "/Namespace":
      return at(live, ["status", "phase"]) === "Active" ? ready : waiting("the namespace is not active");
    case "/PersistentVolumeClaim":
      return at(live, ["status", "phase"]) === "Bound" ? ready : waiting("no volume is bound to the claim");
    case "apiextensions.k8s.io/CustomResourceDefinition":
      return conditionOf(live, "Established")?.status === "True" ? ready : waiting("the definition is not established");
    default:
      return ready;
  }
};

const count = (live: Properties, ...path: string[]): number => Number(at(live, path) ?? 0);

/** Whether the status is about the object as it is now: controllers write which generation they have seen. */
export const observed = (live: Properties): boolean =>
  count(live, "status", "observedGeneration") >= count(live, "metadata", "generation");

const deployment = (live: Properties): Readiness => {
  const wanted = Number(at(live, ["spec", "replicas"]) ?? 1);
  const [total, updated, available] = ["replicas", "updatedReplicas", "availableReplicas"].map((name) =>
    count(live, "status", name),
  ) as [number, number, number];
  if (observed(live) && updated >= wanted && available >= wanted && total === updated) return ready;
  const progress = conditionOf(live, "Progressing");
  if (observed(live) && progress?.reason === "ProgressDeadlineExceeded") return failed(textOf(progress.message));
  return waiting(`${available} of ${wanted} pods are available, ${updated} of them new`);
};

const statefulSet = (live: Properties): Readiness => {
  const wanted = Number(at(live, ["spec", "replicas"]) ?? 1);
  const updated = count(live, "status", "updatedReplicas");
  const readyReplicas = count(live, "status", "readyReplicas");
  if (observed(live) && updated >= wanted && readyReplicas >= wanted) return ready;
  return waiting(`${readyReplicas} of ${wanted} pods are ready, ${updated} of them new`);
};

const job = (live: Properties): Readiness => {
  if (conditionOf(live, "Complete")?.status === "True") return ready;
  const failure = conditionOf(live, "Failed");
  if (failure?.status === "True") return failed(`the job failed: ${textOf(failure.message)}`);
  return at(live, ["spec", "suspend"]) === true ? ready : waiting("the job is not complete");
};

const pod = (live: Properties): Readiness => {
  const phase = at(live, ["status", "phase"]);
  if (phase === "Succeeded" || conditionOf(live, "Ready")?.status === "True") return ready;
  if (phase === "Failed") return failed(`the pod failed: ${textOf(at(live, ["status", "message"]) ?? "no message")}`);
  return waiting(podTrouble(live) ?? `the pod is ${textOf(phase)}`);
};

/** Why a pod doesn't run, in the words of the scheduler or the kubelet. */
export const podTrouble = (live: Properties): string | undefined => {
  const scheduled = conditionOf(live, "PodScheduled");
  if (scheduled?.status === "False") return `${textOf(scheduled.reason)}: ${textOf(scheduled.message)}`;
  for (const list of ["initContainerStatuses", "containerStatuses"]) {
    const statuses = at(live, ["status", list]);
    for (const container of isList(statuses) ? statuses : []) {
      const state = at(container, ["state", "waiting"]);
      if (isProperties(state))
        return `${textOf(at(container, ["name"]))}: ${textOf(state.reason)} ${textOf(state.message ?? "")}`.trim();
    }
  }
  return undefined;
};

export const conditionOf = (live: Properties, type: string): Properties | undefined => {
  const conditions = at(live, ["status", "conditions"]);
  return isList(conditions) ? conditions.filter(isProperties).find((condition) => condition.type === type) : undefined;
};
