export { volumeSpecs, type VolumeSpec, type VolumeSpecs } from "./class-specs";
export {
  snapshotFrequencies,
  snapshotLabel,
  snapshotLabels,
  snapshotPlan,
  snapshotScheduleKind,
  snapshotScheduleSpec,
  type SnapshotFrequency,
} from "./snapshot-schedule";
export { SnapshotScheduler, type SnapshotSchedulerArgs } from "./snapshot-scheduler";
export { SnapshotSchedules, type SnapshotSchedulesArgs } from "./snapshot-schedules";
export { snapshotSpec, snapshotSpecs, type SnapshotSpec } from "./snapshot-specs";
export { storageClassNames, StorageClasses, type StorageClassesArgs } from "./storage-classes";
export { snapshotClassNames, VolumeSnapshotClasses, type VolumeSnapshotClassesArgs } from "./volume-snapshot-classes";
