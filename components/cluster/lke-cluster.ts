import type * as k8s from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { nestedAndSeparate, type NodePools } from "../node-pools";
import { LkeNodePools } from "../node-pools/lke-node-pools";
import { refuseZones } from "../node-pools/lke-zones";
import { durableOptions, lkeClusterLabel, poolTag } from "../shared";
import type { Cluster, JoiningFacts } from "./cluster";
import { kubernetesProvider } from "./kubernetes-provider";
import { controlPlane, nestedPool } from "./lke-pools";

export interface LkeClusterArgs {
  /** The environment that owns the cluster; its label is made from it. Changing it renames the cluster. */
  readonly environment: string;
  /** Linode's region, for example `fr-par`. Changing it replaces the cluster. */
  readonly region: pulumi.Input<string>;
  /** Minor version, for example `1.35`. Raising it upgrades the cluster in place; nodes follow as they are recycled. */
  readonly kubernetesVersion: pulumi.Input<string>;
  /**
   * Replicated control plane. It can be turned on later, never off.
   * @default true
   */
  readonly highAvailability?: boolean;
  /**
   * Who may reach the Kubernetes API, as CIDR ranges; everyone else is refused.
   * @default none: open, with authentication as the only guard
   */
  readonly controlPlaneAcl?: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] } | undefined;
  /** By pool name; at least one of purpose general. */
  readonly nodePools: NodePools;
  /**
   * Other environments whose node pools join this cluster. Without its name here, an environment's pools are deleted by the
   * next update of the cluster.
   * @default none
   */
  readonly members?: readonly string[];
  /**
   * Protects the cluster from deletion, and keeps its objects in the state while it cannot be reached.
   * @default true
   */
  readonly durable?: boolean;
}

/** An LKE cluster of this environment's own, with its node pools, ready for objects once `provider` is. */
export class LkeCluster extends pulumi.ComponentResource implements Cluster {
  public readonly clusterId: pulumi.Output<string>;
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly provider: k8s.Provider;
  /** LKE needs no more than the id. */
  public readonly joining = pulumi.output<JoiningFacts>({});
  /** What workloads wait for before their pods can be scheduled. */
  public readonly pools: readonly pulumi.Resource[];

  /** @throws InputPropertyError where the label doesn't fit, or where there is no general pool */
  public constructor(name: string, args: LkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:cluster:LkeCluster", name, {}, opts);
    const { environment, durable = true } = args;
    refuseZones(args.nodePools);
    const { nested, separate } = nestedAndSeparate(args.nodePools);
    const cluster = new linode.LkeCluster(
      name,
      {
        label: lkeClusterLabel(environment),
        region: args.region,
        k8sVersion: args.kubernetesVersion,
        controlPlane: controlPlane({ highAvailability: args.highAvailability ?? true, acl: args.controlPlaneAcl }),
        pools: [nestedPool(environment, ...nested)],
        externalPoolTags: [environment, ...(args.members ?? [])].map(poolTag),
        tags: ["holdfast", environment],
      },
      {
        parent: this,
        ...durableOptions(durable),
        // Labels are unique in an account, so that a cluster which has to be replaced stands in its successor's way.
        deleteBeforeReplace: true,
        // The count is the autoscaler's once there is one.
        ...(nested[1].autoscaling && { ignoreChanges: ["pools[0].count"] }),
      },
    );
    this.clusterId = cluster.id;
    this.kubeconfig = pulumi.secret(cluster.kubeconfig.apply(decodeBase64));
    const { clusterId, kubeconfig } = this;
    this.provider = kubernetesProvider(name, { identity: clusterId, kubeconfig, forgetUnreachable: !durable }, this);
    const beside = new LkeNodePools(name, { clusterId, environment, pools: separate }, { parent: this });
    this.pools = beside.pools;
    this.registerOutputs({ clusterId, kubeconfig });
  }
}

const decodeBase64 = (text: string): string => Buffer.from(text, "base64").toString("utf8");
