import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { snapshotFrequencies, snapshotScheduleKind, snapshotScheduleSpec } from "./snapshot-schedule";

export interface SnapshotSchedulesArgs {
  /** The namespaces whose claims may ask, by a name for each that is the stack's own. */
  readonly namespaces: Readonly<Record<string, pulumi.Input<string>>>;
  /** The class of snapshots that go with their VolumeSnapshot, so that old ones can be forgotten. */
  readonly snapshotClass: string;
  /** What the schedules wait for: the scheduler and the class, where the same stack makes them. */
  readonly after: readonly pulumi.Resource[];
  /**
   * Production keeps snapshots for longer.
   * @default true
   */
  readonly production?: boolean;
}

/**
 * Snapshots of the claims that ask for them by the label `holdfast.dev/snapshots`, in each namespace of an environment. A
 * claim without the label has none. They are of the cluster and its namespace, and go with it: what must outlive either
 * is backed up elsewhere.
 */
export class SnapshotSchedules extends pulumi.ComponentResource {
  public constructor(name: string, args: SnapshotSchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:storage:SnapshotSchedules", name, {}, opts);
    const { snapshotClass, after, production = true } = args;
    const { group, version, kind } = snapshotScheduleKind;
    for (const [key, namespace] of Object.entries(args.namespaces)) {
      for (const every of snapshotFrequencies) {
        new k8s.apiextensions.CustomResource(
          `${name}-${key}-${every}`,
          {
            apiVersion: `${group}/${version}`,
            kind,
            metadata: { name: every, namespace, labels: { "app.kubernetes.io/part-of": "holdfast" } },
            spec: snapshotScheduleSpec(every, { production, snapshotClass }),
          },
          { parent: this, dependsOn: [...after] },
        );
      }
    }
    this.registerOutputs({});
  }
}
