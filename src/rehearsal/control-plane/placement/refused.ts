import type { V1ObjectMeta, V1ReplicaSet } from "@kubernetes/client-node";
import type { RefusedWorkload } from "./report";
import type { Snapshot } from "./snapshot";

/** Something that makes pods: how many it wants, and how many there are. */
interface PodMaker {
  readonly kind: string;
  readonly metadata: V1ObjectMeta | undefined;
  readonly wanted: number;
  readonly existing: number;
  /** From its own status, where it has one. */
  readonly reason: string | undefined;
}

/** Workloads whose pods the API server refused, with its reason; those that merely have not got to it yet are left out. */
export const refusedWorkloads = (snapshot: Snapshot): RefusedWorkload[] =>
  podMakers(snapshot).flatMap((maker) => {
    const missing = maker.wanted - maker.existing;
    const reason = maker.reason ?? lastFailure(snapshot, maker);
    if (missing <= 0 || reason === undefined) return [];
    return [{ namespace: maker.metadata?.namespace ?? "", workload: displayName(maker), missing, reason }];
  });

/** Whether everything that makes pods has made them, or said why not. */
export const controllersSettled = (snapshot: Snapshot): boolean => {
  const named = new Set(refusedWorkloads(snapshot).map(({ namespace, workload }) => `${namespace}/${workload}`));
  const waiting = podMakers(snapshot).filter(
    (maker) => maker.existing < maker.wanted && !named.has(`${maker.metadata?.namespace ?? ""}/${displayName(maker)}`),
  );
  // A Deployment makes its ReplicaSet first, and an autoscaler may raise a workload only a moment later.
  const observed = snapshot.deployments.every(
    ({ metadata, status }) => status?.observedGeneration === metadata?.generation,
  );
  const raised = snapshot.autoscalers.every(
    ({ spec, status }) =>
      (status?.desiredReplicas ?? 0) >= (spec?.minReplicas ?? 1) || isSwitchedOff(snapshot, spec?.scaleTargetRef.name),
  );
  return waiting.length === 0 && observed && raised;
};

/** An autoscaler leaves a workload alone that is scaled to nothing. */
const isSwitchedOff = (snapshot: Snapshot, deployment: string | undefined): boolean =>
  snapshot.deployments.some(({ metadata, spec }) => metadata?.name === deployment && spec?.replicas === 0);

const podMakers = (snapshot: Snapshot): PodMaker[] => [
  ...snapshot.replicaSets.map((set) => ({
    kind: "ReplicaSet",
    metadata: set.metadata,
    wanted: set.spec?.replicas ?? 1,
    existing: set.status?.replicas ?? 0,
    reason: replicaFailure(set),
  })),
  ...snapshot.statefulSets.map(({ metadata, spec, status }) => ({
    kind: "StatefulSet",
    metadata,
    wanted: spec?.replicas ?? 1,
    existing: status?.replicas ?? 0,
    reason: undefined,
  })),
  ...snapshot.daemonSets.map(({ metadata, status }) => ({
    kind: "DaemonSet",
    metadata,
    wanted: status?.desiredNumberScheduled ?? 0,
    existing: status?.currentNumberScheduled ?? 0,
    reason: undefined,
  })),
  ...snapshot.jobs.map(({ metadata, spec, status }) => ({
    kind: "Job",
    metadata,
    wanted: spec?.suspend === true || status?.completionTime !== undefined ? 0 : 1,
    existing: (status?.active ?? 0) + (status?.succeeded ?? 0) + (status?.failed ?? 0),
    reason: undefined,
  })),
];

const replicaFailure = (set: V1ReplicaSet): string | undefined =>
  set.status?.conditions?.find(({ type, status }) => type === "ReplicaFailure" && status === "True")?.message;

/** The newest of what its controller said about pods that it could not make. */
const lastFailure = (snapshot: Snapshot, { kind, metadata }: PodMaker): string | undefined =>
  snapshot.failures
    .filter(({ involvedObject }) => involvedObject.kind === kind && involvedObject.uid === metadata?.uid)
    .sort((a, b) => (a.lastTimestamp?.getTime() ?? 0) - (b.lastTimestamp?.getTime() ?? 0))
    .at(-1)?.message;

/** What the user wrote: a ReplicaSet's Deployment rather than the ReplicaSet itself. */
const displayName = ({ kind, metadata }: PodMaker): string => {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller === true);
  return owner === undefined ? `${kind}/${metadata?.name ?? ""}` : `${owner.kind}/${owner.name}`;
};
