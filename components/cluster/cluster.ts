import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A Kubernetes cluster to put things into, whoever made it. */
export interface Cluster {
  /** By which the cloud knows it: LKE's number, the name of an EKS or AKS cluster. */
  readonly clusterId: pulumi.Output<string>;
  /** Access for people and for stacks that join, as a kubeconfig's YAML; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** What every object in the cluster is made with. */
  readonly provider: k8s.Provider;
  /** What an environment that joins needs to bring node pools and identities of its own; nothing secret. */
  readonly joining: pulumi.Output<JoiningFacts>;
}

/** Facts about a cluster by name, whatever its cloud needs: each a text or a list of texts. */
export type JoiningFacts = Readonly<Record<string, string | readonly string[]>>;
