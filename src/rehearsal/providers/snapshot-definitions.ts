import type { HostedDefinition } from "../cluster-host";

const group = "snapshot.storage.k8s.io";
const version = "v1";

/**
 * What a snapshot controller comes with, where a cloud installs one: AKS with the cluster, EKS with its add-on.
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export const snapshotDefinitions: readonly HostedDefinition[] = [
  { group, version, kind: "VolumeSnapshot", plural: "volumesnapshots", scope: "Namespaced" },
  { group, version, kind: "VolumeSnapshotContent", plural: "volumesnapshotcontents", scope: "Cluster" },
  { group, version, kind: "VolumeSnapshotClass", plural: "volumesnapshotclasses", scope: "Cluster" },
];

/** Whether a cluster may have this kind without any program that defines it. */
export const isBroughtByClouds = ({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): boolean => snapshotDefinitions.some((one) => `${one.group}/${one.version}` === apiVersion && one.kind === kind);
