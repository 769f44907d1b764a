import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { operatorQuota, TenantNamespace } from "../namespace";
import { pluginPod, podLabels } from "./plugin-pod";

export interface NvidiaDevicePluginArgs {
  /** The environment that owns the cluster; its access groups may look into the plugin's namespace. */
  readonly environment: string;
  /**
   * Production: developers look but don't touch, and the namespace is protected from deletion.
   * @default true
   */
  readonly production?: boolean;
}

/** The exemptions in policies/exemptions.ts name both. */
const namespace = "holdfast-gpu";
const daemonSet = "nvidia-device-plugin";

/** One pod a GPU node, for as many nodes as a cluster's pools together can have; nothing else. */
const quota = operatorQuota({
  requestsCpu: "2",
  requestsMemory: "6400Mi",
  limitsCpu: "20",
  limitsMemory: "25600Mi",
  pods: 100,
});

/**
 * The GPUs of all `inference` nodes of a cluster, offered to pods as `nvidia.com/gpu`: once per cluster, for its members'
 * nodes too.
 *
 * It stands in a namespace of its own, `holdfast-gpu`, which lets in what its hostPath needs and where nobody else works.
 * A namespace that isn't `kube-system` admits `system-node-critical` pods on LKE, AKS and EKS; where a cloud admits them
 * only under a quota for that class, as GKE does, the quota here would have to name it.
 */
export class NvidiaDevicePlugin extends pulumi.ComponentResource {
  public constructor(name: string, args: NvidiaDevicePluginArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:gpu:NvidiaDevicePlugin", name, {}, opts);
    const { environment, production = true } = args;
    const { namespaceName } = new TenantNamespace(
      name,
      { namespace, environment, tier: "gpu", quota, podSecurity: "privileged", production },
      { parent: this },
    );
    new k8s.apps.v1.DaemonSet(
      name,
      {
        metadata: { name: daemonSet, namespace: namespaceName, labels: { ...podLabels } },
        spec: {
          selector: { matchLabels: { ...podLabels } },
          // One plugin at a time can have a node's socket.
          updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
          revisionHistoryLimit: 3,
          template: pluginPod,
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
