import type { V1ObjectMeta, V1ReplicaSet, V2HorizontalPodAutoscaler } from "@kubernetes/client-node";
import { isUnschedulable } from "./pods";
import type { RefusedWorkload } from "./report";
import type { Snapshot } from "./snapshot";

/** Something that makes pods: how many it wants, and how many there are. */
interface PodMaker {
  readonly kind: string;
  readonly metadata: V1ObjectMeta | undefined;
  readonly wanted: number;
  readonly existing: number;
  /** Whether its controller has seen its newest version, so that `existing` is to be believed. */
  readonly observed: boolean;
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

/** Whether everything that makes pods has made them, or cannot. */
export const controllersSettled = (snapshot: Snapshot): boolean =>
  snapshot.autoscalers.every((autoscaler) => hasRaised(snapshot, autoscaler)) &&
  snapshot.deployments.every(({ metadata, status }) => status?.observedGeneration === metadata?.generation) &&
  podMakers(snapshot).every(
    (maker) =>
      maker.observed &&
      (maker.existing >= maker.wanted ||
        (maker.reason ?? lastFailure(snapshot, maker)) !== undefined ||
        waitsForScheduler(snapshot, maker)),
  );

/** An autoscaler looks at a new workload only after a while, and then raises it to the minimum. */
const hasRaised = (snapshot: Snapshot, { spec, status }: V2HorizontalPodAutoscaler): boolean =>
  (status?.desiredReplicas ?? 0) >= (spec?.minReplicas ?? 1) || isSwitchedOff(snapshot, spec?.scaleTargetRef.name);

/** A StatefulSet makes its next pod when the one before runs, which one that has no node never does. */
const waitsForScheduler = ({ pods }: Snapshot, { metadata }: PodMaker): boolean =>
  pods.some(
    (pod) => isUnschedulable(pod) && pod.metadata?.ownerReferences?.some(({ uid }) => uid === metadata?.uid) === true,
  );

/** An autoscaler leaves a workload alone that is scaled to nothing. */
const isSwitchedOff = (snapshot: Snapshot, deployment: string | undefined): boolean =>
  snapshot.deployments.some(({ metadata, spec }) => metadata?.name === deployment && spec?.replicas === 0);

const podMakers = (snapshot: Snapshot): PodMaker[] => [
  ...snapshot.replicaSets.map((set) => ({
    kind: "ReplicaSet",
    metadata: set.metadata,
    wanted: set.spec?.replicas ?? 1,
    existing: set.status?.replicas ?? 0,
    observed: set.status?.observedGeneration === set.metadata?.generation,
    reason: replicaFailure(set),
  })),
  ...snapshot.statefulSets.map(({ metadata, spec, status }) => ({
    kind: "StatefulSet",
    metadata,
    wanted: spec?.replicas ?? 1,
    existing: status?.replicas ?? 0,
    observed: status?.observedGeneration === metadata?.generation,
    reason: undefined,
  })),
  ...snapshot.daemonSets.map(({ metadata, status }) => ({
    kind: "DaemonSet",
    metadata,
    wanted: status?.desiredNumberScheduled ?? 0,
    existing: status?.currentNumberScheduled ?? 0,
    observed: status?.observedGeneration === metadata?.generation,
    reason: undefined,
  })),
  ...snapshot.jobs.map(({ metadata, spec, status }) => ({
    kind: "Job",
    metadata,
    wanted: spec?.suspend === true || status?.completionTime !== undefined ? 0 : 1,
    existing: (status?.active ?? 0) + (status?.succeeded ?? 0) + (status?.failed ?? 0),
    observed: true,
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
