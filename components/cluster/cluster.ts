import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A Kubernetes cluster to put things into, whoever made it. */
export interface Cluster {
  /** The cloud's id, which node pools refer to. */
  readonly clusterId: pulumi.Output<number>;
  /** Full access to the cluster, as a kubeconfig's YAML; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** What every object in the cluster is made with. */
  readonly provider: k8s.Provider;
}
