import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../shared";
import { snapshotLabels, type SnapshotFrequency } from "../storage/snapshot-schedule";

export interface ClaimArgs {
  /** The claim's name, by which containers mount it. */
  readonly name: string;
  readonly storageClass: pulumi.Input<string>;
  /** Kubernetes quantity: `100Gi`. */
  readonly size: string;
  /**
   * Snapshots of the volume, by the environment's schedules.
   * @default none
   */
  readonly snapshots?: { readonly cloud: Cloud; readonly every: SnapshotFrequency };
}

/**
 * A volume for each pod of a StatefulSet, which one node at a time can have.
 * @throws InputPropertyError where snapshots are asked for on a cloud that has none
 */
export const volumeClaim = (args: ClaimArgs): types.input.core.v1.PersistentVolumeClaim => ({
  metadata: {
    name: args.name,
    ...(args.snapshots && { labels: { ...snapshotLabels(args.snapshots.cloud, args.snapshots.every, "snapshots") } }),
  },
  spec: {
    accessModes: ["ReadWriteOnce"],
    storageClassName: args.storageClass,
    resources: { requests: { storage: args.size } },
  },
});
