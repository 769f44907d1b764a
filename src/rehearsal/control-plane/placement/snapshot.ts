import {
  AppsV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  type CoreV1Event,
  type V1DaemonSet,
  type V1Deployment,
  type V1Job,
  type V1Node,
  type V1Pod,
  type V1ReplicaSet,
  type V1ResourceQuota,
  type V1StatefulSet,
  type V2HorizontalPodAutoscaler,
} from "@kubernetes/client-node";
import { kubeConfig } from "../api-client";

/** What the API server says that the report is made from. */
export interface Snapshot {
  readonly nodes: readonly V1Node[];
  readonly pods: readonly V1Pod[];
  readonly quotas: readonly V1ResourceQuota[];
  readonly deployments: readonly V1Deployment[];
  readonly replicaSets: readonly V1ReplicaSet[];
  readonly statefulSets: readonly V1StatefulSet[];
  readonly daemonSets: readonly V1DaemonSet[];
  readonly jobs: readonly V1Job[];
  readonly autoscalers: readonly V2HorizontalPodAutoscaler[];
  /** Why controllers could not make pods. */
  readonly failures: readonly CoreV1Event[];
}

/**
 * Reads causes before their effects: an autoscaler before the Deployment that it raises, that before its ReplicaSets, and
 * those before their pods. Otherwise what happens between two reads could look as if nothing more were to come.
 */
export const takeSnapshot = async (kubeconfig: string): Promise<Snapshot> => {
  const config = kubeConfig(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const apps = config.makeApiClient(AppsV1Api);
  const autoscalers = await config.makeApiClient(AutoscalingV2Api).listHorizontalPodAutoscalerForAllNamespaces();
  const deployments = await apps.listDeploymentForAllNamespaces();
  const [replicaSets, statefulSets, daemonSets, jobs] = await Promise.all([
    apps.listReplicaSetForAllNamespaces(),
    apps.listStatefulSetForAllNamespaces(),
    apps.listDaemonSetForAllNamespaces(),
    config.makeApiClient(BatchV1Api).listJobForAllNamespaces(),
  ]);
  const [nodes, pods, quotas, failures] = await Promise.all([
    core.listNode(),
    core.listPodForAllNamespaces(),
    core.listResourceQuotaForAllNamespaces(),
    core.listEventForAllNamespaces({ fieldSelector: "reason=FailedCreate" }),
  ]);
  return {
    nodes: nodes.items,
    pods: pods.items,
    quotas: quotas.items,
    deployments: deployments.items,
    replicaSets: replicaSets.items,
    statefulSets: statefulSets.items,
    daemonSets: daemonSets.items,
    jobs: jobs.items,
    autoscalers: autoscalers.items,
    failures: failures.items,
  };
};
