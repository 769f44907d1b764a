import {
  CoreV1Api,
  StorageV1Api,
  type V1PersistentVolume,
  type V1PersistentVolumeClaim,
  type V1StorageClass,
} from "@kubernetes/client-node";
import { conflict, failedWith, kubeConfig } from "./api-client";

/** Drivers that the rehearsal plays: those of the clouds. A claim on any other stays pending, as it should. */
const drivers = ["disk.csi.azure.com", "ebs.csi.aws.com", "linodebs.csi.linode.com"];

/** What the scheduler notes on a claim that waits for its first pod, once it has chosen the pod's node. */
const selectedNode = "volume.kubernetes.io/selected-node";

/**
 * The volume that a cloud's driver would make for a claim; undefined while it has nothing to do: the claim is bound, its class
 * isn't a cloud's, or its pod has no node yet.
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
export const volumeFor = (
  { metadata, spec, status }: V1PersistentVolumeClaim,
  classes: readonly V1StorageClass[],
): V1PersistentVolume | undefined => {
  const storageClass = classes.find((one) => one.metadata?.name === spec?.storageClassName);
  if (storageClass === undefined || !drivers.includes(storageClass.provisioner) || status?.phase !== "Pending")
    return undefined;
  const waits = storageClass.volumeBindingMode === "WaitForFirstConsumer";
  if (waits && metadata?.annotations?.[selectedNode] === undefined) return undefined;
  const name = `pvc-${metadata?.uid ?? ""}`;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name, annotations: { "pv.kubernetes.io/provisioned-by": storageClass.provisioner } },
    spec: {
      accessModes: spec?.accessModes ?? [],
      capacity: { storage: spec?.resources?.requests?.["storage"] ?? "0" },
      claimRef: {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        namespace: metadata?.namespace ?? "",
        name: metadata?.name ?? "",
        uid: metadata?.uid ?? "",
      },
      csi: { driver: storageClass.provisioner, volumeHandle: name },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? "Delete",
      storageClassName: storageClass.metadata?.name ?? "",
    },
  };
};

/** Makes the volumes that claims wait for, and takes away those whose claims are gone, as the clouds' drivers do. */
export const playVolumes = async (kubeconfig: string): Promise<void> => {
  const config = kubeConfig(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const [claims, classes, volumes] = await Promise.all([
    core.listPersistentVolumeClaimForAllNamespaces(),
    config.makeApiClient(StorageV1Api).listStorageClass(),
    core.listPersistentVolume(),
  ]);
  const wanted = claims.items.flatMap((claim) => volumeFor(claim, classes.items) ?? []);
  await Promise.all(
    wanted.map(async (body) => {
      try {
        await core.createPersistentVolume({ body });
      } catch (error) {
        if (!failedWith(error, conflict)) throw error;
      }
    }),
  );
  const released = volumes.items.filter(
    ({ spec, status }) =>
      status?.phase === "Released" &&
      spec?.persistentVolumeReclaimPolicy === "Delete" &&
      drivers.includes(spec.csi?.driver ?? ""),
  );
  await Promise.all(released.map(({ metadata }) => core.deletePersistentVolume({ name: metadata?.name ?? "" })));
};
