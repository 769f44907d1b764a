export { storageClassNames, StorageClasses, type StorageClassesArgs } from "./storage-classes";
export { volumeSpecs, type VolumeSpec, type VolumeSpecs } from "./class-specs";
