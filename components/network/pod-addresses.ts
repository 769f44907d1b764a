import { subnetLengths } from "./subnet-lengths";

/** Addresses in every subnet that AWS keeps to itself. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const awsReserved = 5;

/** Addresses that an AWS network of ours has in one zone for nodes and pods together: those of the zone's private subnet. */
export const awsZoneAddresses = 2 ** (32 - subnetLengths.private) - awsReserved;

/** Nodes that the range of pods on AKS is enough for: each takes a /24 of it, for 250 pods, however few it has. */
export const aksPodRangeNodes = (podRange: string): number => 2 ** (24 - Number(podRange.split("/")[1]));
