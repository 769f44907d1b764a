import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

export interface ClusterAccess {
  readonly clusterId: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  /** Whether objects of a cluster that cannot be reached may be forgotten, so that a destroy ends. */
  readonly forgetUnreachable: boolean;
}

/**
 * The one way into a cluster, for all its objects.
 * - It is told apart by the cluster's id, so that a renewed kubeconfig is an update and not a new provider, which would
 *   replace every object in the cluster.
 * - ConfigMaps and Secrets change in place: the provider's default replaces them, and with fixed names that deletes
 *   first, under running pods. Pods roll by a checksum instead.
 */
export const kubernetesProvider = (name: string, access: ClusterAccess, parent: pulumi.Resource): k8s.Provider =>
  new k8s.Provider(
    name,
    {
      kubeconfig: access.kubeconfig,
      clusterIdentifier: access.clusterId,
      deleteUnreachable: access.forgetUnreachable,
      enableServerSideApply: true,
      enableConfigMapMutable: true,
      enableSecretMutable: true,
    },
    { parent },
  );
