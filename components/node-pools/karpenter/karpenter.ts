import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { charts, HelmChart } from "../../charts";
import { TenantNamespace } from "../../namespace";
import { iamRoleName, queueName } from "../../shared/aws-names";
import { assumedByPods } from "../../shared/aws-policies";
import { controllerPolicies } from "./controller-policies";
import { karpenterNetwork, karpenterValues, namespace, quota, serviceAccount } from "./installation";
import { InterruptionQueue } from "./interruptions";

export interface KarpenterArgs {
  /** The environment that owns the cluster; names are made from it. */
  readonly environment: string;
  /** AWS's region, for example `eu-central-1`. */
  readonly region: string;
  /** The cluster's name, known before it is made. Changing it replaces what lets Karpenter act. */
  readonly clusterName: string;
  /** Minor version of the cluster, for example `1.35`: the chart asks for it. */
  readonly kubernetesVersion: string;
  /** The role of all nodes, which Karpenter gives to those that it adds. */
  readonly nodeRoleArn: pulumi.Input<string>;
  /** The pool whose managed group it runs on: it must keep two nodes. */
  readonly homePool: string;
  /** Nodes and add-ons, without which its pods don't start. */
  readonly after: readonly pulumi.Resource[];
  /** Namespaces whose pods may read its metrics. */
  readonly scraperNamespaces: readonly string[];
  /**
   * Production: developers look but don't touch, and the namespace is protected from deletion.
   * @default true
   */
  readonly production?: boolean;
}

/**
 * Karpenter, once per cluster, for its members' pools too: it adds a node where a pod finds none, takes away what isn't
 * needed, and moves pods in time where AWS takes an instance back. It may touch nothing on AWS that isn't the cluster's.
 *
 * It has no key: its role comes by Pod Identity.
 */
export class Karpenter extends pulumi.ComponentResource {
  /** What pools have to wait for, and outlive not: definitions, and a Karpenter that removes their nodes. */
  public readonly ready: pulumi.Output<readonly pulumi.Resource[]>;

  /** @throws InputPropertyError where a name doesn't fit */
  public constructor(name: string, args: KarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:node-pools:Karpenter", name, {}, opts);
    const { environment, region, clusterName, kubernetesVersion, production = true } = args;
    const queue = new InterruptionQueue(`${name}-interruptions`, { environment }, { parent: this });
    const mayAct = this.role(name, args, queue.arn);
    const guarded = new TenantNamespace(
      name,
      { namespace, environment, tier: "karpenter", quota, production },
      { parent: this },
    );
    const network = new k8s.networking.v1.NetworkPolicy(
      `${name}-connections`,
      {
        metadata: { name: "karpenter", namespace: guarded.namespaceName },
        spec: karpenterNetwork(args.scraperNamespaces),
      },
      { parent: this },
    );
    const definitions = new HelmChart(
      `${name}-crd`,
      { chart: charts["karpenter-crd"], namespace, kubernetesVersion, values: {} },
      { parent: this, dependsOn: guarded },
    );
    const controller = new HelmChart(
      name,
      {
        chart: charts.karpenter,
        namespace,
        kubernetesVersion,
        values: karpenterValues({
          environment,
          region,
          clusterName,
          homePool: args.homePool,
          queue: queueName(environment, "interruptions"),
        }),
      },
      {
        parent: this,
        // Credentials come to a pod only as it starts.
        dependsOn: [guarded, definitions, network, ...mayAct, ...args.after],
      },
    );
    this.ready = pulumi
      .all([definitions.ready, controller.ready])
      .apply((charts) => [...charts.flat(), network, ...mayAct]);
    this.registerOutputs({});
  }

  private role(name: string, args: KarpenterArgs, queueArn: pulumi.Output<string>): pulumi.Resource[] {
    const { environment, region, clusterName } = args;
    const role = new iam.Role(
      name,
      {
        name: iamRoleName(environment, "karpenter"),
        assumeRolePolicy: assumedByPods(clusterName, [{ namespace, serviceAccount }]),
      },
      { parent: this },
    );
    const documents = pulumi
      .all([args.nodeRoleArn, queueArn])
      .apply(([nodeRoleArn, arn]) => controllerPolicies({ clusterName, region, nodeRoleArn, queueArn: arn }));
    const policies = (["nodes", "cluster", "discovery"] as const).map(
      (concern) =>
        new iam.RolePolicy(`${name}-${concern}`, { role: role.name, policy: documents[concern] }, { parent: this }),
    );
    const association = new eks.PodIdentityAssociation(
      name,
      { clusterName, namespace, serviceAccount, roleArn: role.arn },
      { parent: this, dependsOn: [...policies, ...args.after] },
    );
    return [...policies, association];
  }
}
