import { StorageV1Api, type V1StorageClass } from "@kubernetes/client-node";
import type { HostedStorageClass } from "../cluster-host";
import { conflict, failedWith, kubeConfig } from "./api-client";

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
