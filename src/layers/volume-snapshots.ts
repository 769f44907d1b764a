import type * as pulumi from "@pulumi/pulumi";
import {
  snapshotClassNames,
  SnapshotScheduler,
  SnapshotSchedules,
  snapshotSpecs,
  VolumeSnapshotClasses,
} from "../../components/storage";
import type { CloudStackConfig } from "../config/stack-config";
import type { Foundation } from "./foundation";

/**
 * Snapshots of the volumes that ask for them, where the cloud has any: classes and scheduler by the cluster's owner, and
 * schedules by every environment in those of its own namespaces that have claims.
 */
export const volumeSnapshots = (
  { environment, tier, cloud, cluster }: CloudStackConfig,
  { nodes, namespaces }: Pick<Foundation, "nodes" | "namespaces">,
  options: pulumi.ComponentResourceOptions,
): void => {
  if (snapshotSpecs[cloud] === undefined) return;
  const production = tier === "production";
  const before: pulumi.Resource[] = [];
  if (cluster.kind === "own") {
    const { kubernetesVersion } = cluster;
    // The snapshot controller, with its definitions, runs on nodes.
    const onNodes = { ...options, dependsOn: [...nodes] };
    before.push(
      new VolumeSnapshotClasses("snapshots", { cloud }, onNodes),
      new SnapshotScheduler("snapshots", { environment, kubernetesVersion, production }, onNodes),
    );
  }
  const snapshotClass = snapshotClassNames.standard;
  // Where claims are. The other tiers keep nothing.
  const { data, services } = namespaces;
  // Definition and class are there once these are; what is in a component does not wait for what the component waits for.
  new SnapshotSchedules(
    "snapshots",
    { namespaces: { data, services }, snapshotClass, production, after: before },
    options,
  );
};
