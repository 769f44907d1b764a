import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../components/shared";
import { snapshotSpecs, VolumeSnapshotClasses } from "../../components/storage";
import type { StackConfig } from "../config/stack-config";
import type { Foundation } from "./foundation";

type CloudStack = Extract<StackConfig, { readonly cloud: Cloud }>;

/** Snapshots of volumes, where the cloud has any: classes, by the cluster's owner. */
export const volumeSnapshots = (
  { cloud, cluster }: CloudStack,
  { nodes }: Pick<Foundation, "nodes" | "namespaces">,
  options: pulumi.ComponentResourceOptions,
): void => {
  if (snapshotSpecs[cloud] === undefined || cluster.kind !== "own") return;
  // The snapshot controller, with its definitions, runs on nodes.
  new VolumeSnapshotClasses("snapshots", { cloud }, { ...options, dependsOn: [...nodes] });
};
