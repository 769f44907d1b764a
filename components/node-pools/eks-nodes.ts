import type { types } from "@pulumi/aws";
import { inputError } from "../shared/input-error";
import { managedNodes } from "./karpenter/growth";
import { nodeTaints, type NodePoolArgs } from "./node-pool";
import type { TaintEffect } from "./taint";

/** Size of a node's disk where the pool doesn't say, in GiB: images and scratch space of a few dozen pods. */
export const defaultDiskGiB = 100;

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType */
export const nodeImage = (pool: NodePoolArgs): string =>
  pool.purpose === "inference" ? "BOTTLEROCKET_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD";

export const capacityType = (pool: NodePoolArgs): string => (pool.spot === true ? "SPOT" : "ON_DEMAND");

/** The pool's taints in the words of EKS, which differ from Kubernetes' own. */
export const taints = (pool: NodePoolArgs): types.input.eks.NodeGroupTaint[] =>
  nodeTaints(pool).map(({ key, value, effect }) => ({ key, value, effect: eksEffect[effect] }));

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
const eksEffect: Readonly<Record<TaintEffect, string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** Nobody but the program changes the count; a group's maximum is at least one, whatever it has now. */
export const scaling = (pool: NodePoolArgs): types.input.eks.NodeGroupScalingConfig => {
  const nodes = managedNodes(pool);
  return { desiredSize: nodes, minSize: nodes, maxSize: Math.max(1, nodes) };
};

/**
 * A node's encrypted disks. Amazon Linux has one; Bottlerocket has a small one of its own, whose size is the image's, and a
 * second for images and data.
 * @see https://bottlerocket.dev/en/os/latest/concepts/data-storage/
 */
export const bootDisks = (pool: NodePoolArgs): types.input.ec2.LaunchTemplateBlockDeviceMapping[] => {
  const volumeSize = pool.diskGiB ?? defaultDiskGiB;
  return pool.purpose === "inference"
    ? [disk("/dev/xvda"), disk("/dev/xvdb", { volumeSize })]
    : [disk("/dev/xvda", { volumeSize })];
};

/** The SDK takes flags of a template's disk as texts, since unset is different from false there. */
const disk = (
  deviceName: string,
  size: { readonly volumeSize?: number } = {},
): types.input.ec2.LaunchTemplateBlockDeviceMapping => ({
  deviceName,
  ebs: { volumeType: "gp3", encrypted: "true", deleteOnTermination: "true", ...size },
});

/**
 * The places in a list of zones that a pool is kept to; all where it names none.
 * @throws InputPropertyError for a zone that is not listed
 */
export const placesOf = (pool: string, wanted: NodePoolArgs["zones"], zones: readonly string[]): number[] =>
  (wanted ?? zones).map((zone, index) => {
    const place = zones.indexOf(zone);
    if (place >= 0) return place;
    const known = zones.join(", ");
    throw inputError(`nodePools.${pool}.zones[${index}]`, `found ${zone}; the cluster's network has ${known}.`);
  });
