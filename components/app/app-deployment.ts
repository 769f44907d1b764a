import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { checkedWorkloadName, inputError } from "../shared";
import {
  autoscaler,
  container,
  exposure,
  internalUrl,
  longestStartSeconds,
  mounts,
  objectMeta,
  podSelector,
  podTemplate,
  prerequisites,
  type ReplicasArgs,
  type WorkloadArgs,
} from "../workload";

export interface AppDeploymentArgs extends WorkloadArgs {
  /**
   * Bounds between which load moves the number of pods.
   * @default 2 to 10
   */
  readonly replicas?: ReplicasArgs;
}

const defaultReplicas: ReplicasArgs = { min: 2, max: 10 };

/** Seconds beyond a pod's longest start, for pulling its image and finding it a node. */
const scheduleAllowanceSeconds = 300;

/**
 * A stateless service that scales with load, is updated and drained without losing a call, can be reached by those that
 * it declares and no one else, and passes Pod Security's `restricted`.
 */
export class AppDeployment extends pulumi.ComponentResource {
  /** Where the service is reached from within the cluster. */
  public readonly url: pulumi.Output<string>;

  /** @throws InputPropertyError for a name, replica bounds or image that cannot be */
  public constructor(name: string, args: AppDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:app:AppDeployment", name, {}, opts);
    const app = checkedWorkloadName(args.name);
    const replicas = checkedReplicas(args.replicas ?? defaultReplicas);
    const mounted = mounts(args);
    const needed = prerequisites(args, this);
    new k8s.apps.v1.Deployment(
      app,
      {
        metadata: objectMeta(args),
        // No `replicas`: the autoscaler owns the field, and starts at its minimum.
        spec: {
          selector: { matchLabels: podSelector(app) },
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
          revisionHistoryLimit: 3,
          progressDeadlineSeconds: longestStartSeconds(args.probes) + scheduleAllowanceSeconds,
          template: podTemplate(args, { containers: [container(args, mounted)], volumes: mounted.volumes }),
        },
      },
      { parent: this, dependsOn: [...needed, ...(args.nodes ?? [])] },
    );
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      app,
      { metadata: objectMeta(args), spec: autoscaler(app, replicas) },
      { parent: this },
    );
    exposure(args, replicas.min, this);
    this.url = pulumi
      .output(args.namespace)
      .apply((namespace) => internalUrl({ name: app, namespace, port: args.port }));
    this.registerOutputs({ url: this.url });
  }
}

const checkedReplicas = (replicas: ReplicasArgs): ReplicasArgs => {
  if (Number.isInteger(replicas.min) && replicas.min >= 1 && replicas.min <= replicas.max) return replicas;
  throw inputError("replicas", `${replicas.min} to ${replicas.max}; allowed are 1 ≤ min ≤ max.`);
};
