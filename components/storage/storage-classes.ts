import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../shared";
import { volumeSpecs, type VolumeSpec } from "./class-specs";

export interface StorageClassesArgs {
  /** Whose driver makes the volumes. */
  readonly cloud: Cloud;
}

/** The classes by what they are for: the same names on every cloud, so that a claim is the same too. */
export const storageClassNames = { standard: "holdfast-standard", retain: "holdfast-retain" } as const;

/**
 * A cluster's storage classes: encrypted, expandable, and bound once the pod has its node, so that a volume lies in its
 * pod's zone. None is the default: a claim says what becomes of its data.
 */
export class StorageClasses extends pulumi.ComponentResource {
  /** Known at preview; what claims it waits for it. */
  public readonly standard: pulumi.Output<string>;
  public readonly retain: pulumi.Output<string>;

  public constructor(name: string, args: StorageClassesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:storage:StorageClasses", name, {}, opts);
    const specs = volumeSpecs[args.cloud];
    const make = (use: keyof typeof storageClassNames, reclaimPolicy: "Delete" | "Retain") =>
      storageClass(`${name}-${use}`, { name: storageClassNames[use], spec: specs[use], reclaimPolicy }, this);
    this.standard = make("standard", "Delete");
    this.retain = make("retain", "Retain");
    this.registerOutputs({ standard: this.standard, retain: this.retain });
  }
}

interface Class {
  readonly name: string;
  readonly spec: VolumeSpec;
  readonly reclaimPolicy: "Delete" | "Retain";
}

const storageClass = (resource: string, { name, spec, reclaimPolicy }: Class, parent: pulumi.Resource) =>
  new k8s.storage.v1.StorageClass(
    resource,
    {
      metadata: { name, labels: { "app.kubernetes.io/part-of": "holdfast" } },
      provisioner: spec.provisioner,
      parameters: { ...spec.parameters },
      reclaimPolicy,
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    // Nearly all of a class is immutable, and its name is fixed.
    { parent, deleteBeforeReplace: true },
  ).metadata.name;
