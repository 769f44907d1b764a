import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

export interface ClusterAccess {
  /**
   * What no other cluster has, nor one that is made in this one's place: its number, or the address that its cloud made up for it.
   * A name won't do where a successor takes it over.
   */
  readonly identity: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  /** Whether objects of a cluster that cannot be reached may be forgotten, so that a destroy ends. */
  readonly forgetUnreachable: boolean;
}

/**
 * The one way into a cluster, for all its objects.
 * - It is told apart by the cluster's identity, so that a renewed kubeconfig is an update and not a new provider, which
 *   would replace every object in the cluster; and another cluster is a new provider, with every object made in it.
 * - ConfigMaps and Secrets change in place: the provider's default replaces them, and with fixed names that deletes
 *   first, under running pods. Pods roll by a checksum instead.
 */
export const kubernetesProvider = (name: string, access: ClusterAccess, parent: pulumi.Resource): k8s.Provider =>
  new k8s.Provider(
    name,
    {
      kubeconfig: access.kubeconfig,
      clusterIdentifier: access.identity,
      deleteUnreachable: access.forgetUnreachable,
      enableServerSideApply: true,
      enableConfigMapMutable: true,
      enableSecretMutable: true,
    },
    { parent },
  );
