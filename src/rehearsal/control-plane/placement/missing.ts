import type { V1ObjectMeta, V1ReplicaSet, V2HorizontalPodAutoscaler } from "@kubernetes/client-node";
import { isUnschedulable } from "./pods";
import type { MissingPods } from "./report";
import type { Snapshot } from "./snapshot";

/** Something that makes pods, or decides how many: how many it wants, and how many there are. */
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

/** Every pod that something wants and that does not exist, whatever the reason: what is not explained is not well. */
export const missingPods = (snapshot: Snapshot): MissingPods[] =>
  podMakers(snapshot)
    .filter(isShort)
    .map((maker) => ({
      namespace: maker.metadata?.namespace ?? "",
      workload: displayName(maker),
      count: Math.max(maker.wanted - maker.existing, 0),
      reason: knownReason(snapshot, maker) ?? "its controller has not made them yet, and has not said why",
    }));

/** Whether everything that makes pods has made them, or has said why it cannot. */
export const controllersSettled = (snapshot: Snapshot): boolean =>
  podMakers(snapshot)
    .filter(isShort)
    .every((maker) => maker.observed && knownReason(snapshot, maker) !== undefined);

const isShort = ({ wanted, existing, observed }: PodMaker): boolean => !observed || existing < wanted;

const knownReason = (snapshot: Snapshot, maker: PodMaker): string | undefined =>
  maker.reason ?? lastFailure(snapshot, maker) ?? waitsForScheduler(snapshot, maker);

/** A StatefulSet makes its next pod when the one before runs, which one that has no node never does. */
const waitsForScheduler = ({ pods }: Snapshot, { metadata }: PodMaker): string | undefined => {
  const first = pods.find(
    (pod) => isUnschedulable(pod) && pod.metadata?.ownerReferences?.some(({ uid }) => uid === metadata?.uid) === true,
  );
  return first === undefined
    ? undefined
    : `made once ${first.metadata?.name ?? "the pod before"} runs, which has no node`;
};

const podMakers = (snapshot: Snapshot): PodMaker[] => [
  ...snapshot.autoscalers.map((autoscaler) => ({
    kind: "HorizontalPodAutoscaler",
    metadata: autoscaler.metadata,
    wanted: autoscaledMinimum(snapshot, autoscaler),
    existing: autoscaler.status?.desiredReplicas ?? 0,
    observed: true,
    reason: undefined,
  })),
  // Its ReplicaSets make the pods; here it matters only that it has made them.
  ...snapshot.deployments.map(({ metadata, status }) => ({
    kind: "Deployment",
    metadata,
    wanted: 0,
    existing: 0,
    observed: status?.observedGeneration === metadata?.generation,
    reason: undefined,
  })),
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

/** What an autoscaler raises its workload to, once it looks at it; one that is scaled to nothing it leaves alone. */
const autoscaledMinimum = (snapshot: Snapshot, { metadata, spec }: V2HorizontalPodAutoscaler): number => {
  const switchedOff = snapshot.deployments.some(
    (deployment) =>
      deployment.metadata?.namespace === metadata?.namespace &&
      deployment.metadata?.name === spec?.scaleTargetRef.name &&
      deployment.spec?.replicas === 0,
  );
  return switchedOff ? 0 : (spec?.minReplicas ?? 1);
};

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
