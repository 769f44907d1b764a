import { StorageV1Api, type V1StorageClass } from "@kubernetes/client-node";
import { conflict, failedWith, kubeConfig } from "./api-client";

/** A storage class that a cloud's clusters come with. */
export interface HostedStorageClass {
  readonly name: string;
  readonly reclaimPolicy: "Delete" | "Retain";
  /** Taken by claims that name no class. */
  readonly isDefault: boolean;
}

/** What LKE installs. https://techdocs.akamai.com/cloud-computing/docs/deploy-persistent-volume-claims-on-lke */
export const linodeStorageClasses: readonly HostedStorageClass[] = [
  { name: "linode-block-storage", reclaimPolicy: "Delete", isDefault: false },
  { name: "linode-block-storage-retain", reclaimPolicy: "Retain", isDefault: true },
];

/** Installs the classes under the cloud's names; the controller manager's own host-path provisioner binds the claims. */
export const installStorageClasses = async (
  kubeconfig: string,
  classes: readonly HostedStorageClass[],
): Promise<void> => {
  const api = kubeConfig(kubeconfig).makeApiClient(StorageV1Api);
  await Promise.all(
    classes.map(async (hosted) => {
      try {
        await api.createStorageClass({ body: storageClass(hosted) });
      } catch (error) {
        if (!failedWith(error, conflict)) throw error;
      }
    }),
  );
};

export const storageClass = ({ name, reclaimPolicy, isDefault }: HostedStorageClass): V1StorageClass => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name, annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) } },
  provisioner: "kubernetes.io/host-path",
  reclaimPolicy,
  volumeBindingMode: "Immediate",
  allowVolumeExpansion: true,
});
