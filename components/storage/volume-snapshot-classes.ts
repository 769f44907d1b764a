import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../shared";
import { snapshotSpec, type SnapshotSpec } from "./snapshot-specs";

export interface VolumeSnapshotClassesArgs {
  /** Whose driver takes the snapshots. */
  readonly cloud: Cloud;
}

/** The classes by what becomes of a snapshot, named as the StorageClasses are. */
export const snapshotClassNames = { standard: "holdfast-standard", retain: "holdfast-retain" } as const;

/**
 * A cluster's classes of volume snapshots. `holdfast-standard` deletes what is in the cloud with the VolumeSnapshot, as
 * schedules need it to forget old ones. `holdfast-retain` keeps it, and is what a snapshot gets that names no class:
 * somebody took it by hand, before something risky.
 *
 * It needs a snapshot controller in the cluster, and its custom resources.
 */
export class VolumeSnapshotClasses extends pulumi.ComponentResource {
  /** Known at preview; what uses it waits for it. */
  public readonly standard: pulumi.Output<string>;
  public readonly retain: pulumi.Output<string>;

  /** @throws InputPropertyError on a cloud whose volumes have no snapshots */
  public constructor(name: string, args: VolumeSnapshotClassesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:storage:VolumeSnapshotClasses", name, {}, opts);
    const spec = snapshotSpec(args.cloud, "cloud");
    const make = (use: keyof typeof snapshotClassNames, deletionPolicy: "Delete" | "Retain") =>
      snapshotClass(`${name}-${use}`, { name: snapshotClassNames[use], spec, deletionPolicy }, this);
    this.standard = make("standard", "Delete");
    this.retain = make("retain", "Retain");
    this.registerOutputs({ standard: this.standard, retain: this.retain });
  }
}

interface Class {
  readonly name: string;
  readonly spec: SnapshotSpec;
  readonly deletionPolicy: "Delete" | "Retain";
}

const snapshotClass = (
  resource: string,
  { name, spec, deletionPolicy }: Class,
  parent: pulumi.Resource,
): pulumi.Output<string> => {
  const isDefault = deletionPolicy === "Retain";
  const made = new k8s.apiextensions.CustomResource(
    resource,
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: {
        name,
        labels: { "app.kubernetes.io/part-of": "holdfast" },
        annotations: { "snapshot.storage.kubernetes.io/is-default-class": String(isDefault) },
      },
      driver: spec.driver,
      deletionPolicy,
      ...(spec.parameters && { parameters: { ...spec.parameters } }),
    },
    { parent },
  );
  return made.urn.apply(() => name);
};
