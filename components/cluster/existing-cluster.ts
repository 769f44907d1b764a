import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, JoiningFacts } from "./cluster";
import { kubernetesProvider } from "./kubernetes-provider";

export interface ExistingClusterArgs {
  /**
   * What tells the cluster apart, whatever address and credentials lead to it. Changing it replaces everything in the
   * cluster: it is another one.
   */
  readonly clusterId: pulumi.Input<string>;
  /** Of one context, with its credentials in it; it is kept as a secret. */
  readonly kubeconfig: pulumi.Input<string>;
  /**
   * Keeps this environment's objects in the state while the cluster cannot be reached.
   * @default true
   */
  readonly durable?: boolean;
}

/** A cluster that is there already, whoever made it: only a way in, so that destroying the stack leaves it as it was. */
export class ExistingCluster extends pulumi.ComponentResource implements Cluster {
  public readonly clusterId: pulumi.Output<string>;
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly provider: k8s.Provider;
  /** Nobody joins it: each stack on it has a kubeconfig of its own. */
  public readonly joining = pulumi.output<JoiningFacts>({});

  public constructor(name: string, args: ExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:cluster:ExistingCluster", name, {}, opts);
    this.clusterId = pulumi.output(args.clusterId);
    this.kubeconfig = pulumi.secret(args.kubeconfig);
    const { clusterId, kubeconfig } = this;
    this.provider = kubernetesProvider(
      name,
      { identity: clusterId, kubeconfig, forgetUnreachable: !(args.durable ?? true) },
      this,
    );
    this.registerOutputs({ clusterId, kubeconfig });
  }
}
