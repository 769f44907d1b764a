import type { Cloud } from "../shared";
import { snapshotSpec } from "./snapshot-specs";

/** How often a claim may ask for a snapshot of its volume. */
export const snapshotFrequencies = ["hourly", "daily", "weekly"] as const;
export type SnapshotFrequency = (typeof snapshotFrequencies)[number];

/** By which a claim asks; its value is how often. */
export const snapshotLabel = "holdfast.dev/snapshots";

/**
 * Labels of a claim whose volume is to be snapshotted.
 * @param every undefined asks for none
 * @param propertyPath the argument that says so, for errors
 * @throws InputPropertyError on a cloud whose volumes have no snapshots
 */
export const snapshotLabels = (
  cloud: Cloud,
  every: SnapshotFrequency | undefined,
  propertyPath = "snapshots",
): Readonly<Record<string, string>> => {
  if (every === undefined) return {};
  snapshotSpec(cloud, propertyPath);
  return { [snapshotLabel]: every };
};

/** When snapshots are taken, and how many of a volume are kept. */
export interface SnapshotPlan {
  /** Five fields of cron, in UTC. */
  readonly schedule: string;
  /** Snapshots of one claim; the oldest beyond them is deleted. */
  readonly keep: number;
}

/**
 * Off the full hour, when everybody else's start, and at night in Europe. Azure keeps at most 500 incremental snapshots of
 * a disk, below which all of a claim's stay together; EBS has a quota by region, for all volumes together.
 * @see https://learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots#restrictions
 */
const schedules: Readonly<Record<SnapshotFrequency, string>> = {
  hourly: "17 * * * *",
  daily: "43 1 * * *",
  weekly: "29 2 * * 0",
};

/** Production looks back two days by the hour, five weeks by the day and a quarter by the week; others a little. */
const kept: Readonly<Record<"production" | "other", Readonly<Record<SnapshotFrequency, number>>>> = {
  production: { hourly: 48, daily: 35, weekly: 13 },
  other: { hourly: 6, daily: 3, weekly: 2 },
};

export const snapshotPlan = (every: SnapshotFrequency, production: boolean): SnapshotPlan => ({
  schedule: schedules[every],
  keep: kept[production ? "production" : "other"][every],
});

export const snapshotScheduleKind = {
  group: "snapscheduler.backube",
  version: "v1",
  kind: "SnapshotSchedule",
} as const;

/** A SnapshotSchedule's spec. @see https://backube.github.io/snapscheduler/usage.html */
export interface SnapshotScheduleSpec {
  readonly claimSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly schedule: string;
  readonly retention: { readonly maxCount: number };
  readonly snapshotTemplate: { readonly snapshotClassName: string; readonly labels: Readonly<Record<string, string>> };
}

/** One schedule of a namespace: of the claims that ask for it, and no others. */
export const snapshotScheduleSpec = (
  every: SnapshotFrequency,
  args: { readonly production: boolean; readonly snapshotClass: string },
): SnapshotScheduleSpec => {
  const { schedule, keep } = snapshotPlan(every, args.production);
  const labels = { [snapshotLabel]: every };
  return {
    claimSelector: { matchLabels: labels },
    schedule,
    retention: { maxCount: keep },
    snapshotTemplate: { snapshotClassName: args.snapshotClass, labels },
  };
};
