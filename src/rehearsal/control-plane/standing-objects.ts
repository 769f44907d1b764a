import { KubernetesObjectApi } from "@kubernetes/client-node";
import type { StandingObject } from "../cluster-host";
import { conflict, failedWith, kubeConfig } from "./api-client";

/** Puts objects into a cluster as its owner would have; those that are there already stay as they are. */
export const installObjects = async (kubeconfig: string, objects: readonly StandingObject[]): Promise<void> => {
  const api = KubernetesObjectApi.makeApiClient(kubeConfig(kubeconfig));
  for (const object of objects) {
    try {
      await api.create({ ...object, metadata: { ...object.metadata } });
    } catch (error) {
      if (!failedWith(error, conflict)) throw error;
    }
  }
};
