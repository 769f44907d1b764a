import { defaultKubernetesVersion } from "../../config/kubernetes-versions";
import type { ExistingStackConfig } from "../../config/stack-config";
import { neededDefinitions } from "../../preflight/definitions";
import type { HostedCluster, HostedNode, HostedPool, StandingObject } from "../cluster-host";

/** A cluster such as a stack on `existing` says that it finds, to be there before the program runs. */
export interface StandInCluster {
  readonly cluster: HostedCluster;
  readonly pools: readonly HostedPool[];
}

const zones = ["a", "b", "c"];

/** Nodes for general work: two a zone, of 8 vCPUs and 32 GiB, as production's are by default on the clouds. */
const generalNodes = 6;

/** What the stack file says of its cluster is what this one has: classes, labels and GPUs by their names and numbers. */
export const standInCluster = (stack: string, config: ExistingStackConfig): StandInCluster => {
  const { storageClasses, nodes, inferenceCapacity } = config.cluster;
  const id = `existing-${stack}`;
  const { gpus, vcpus, memoryGiB } = inferenceCapacity;
  const each = (amount: number) => Math.floor(amount / Math.max(1, gpus));
  const general = { cpu: 8, memoryGiB: 32, gpus: 0, labels: nodes.general };
  const inference = { cpu: each(vcpus), memoryGiB: each(memoryGiB), gpus: 1, labels: nodes.inference };
  return {
    cluster: {
      id,
      label: id,
      kubernetesVersion: defaultKubernetesVersion,
      region: "somewhere",
      storageClasses: [],
      definitions: neededDefinitions,
      comesWith: [
        networkPlugin,
        ...[...new Set(Object.values(storageClasses))].map((name) =>
          storageClass(name, name === storageClasses.retain ? "Retain" : "Delete"),
        ),
      ],
    },
    pools: [
      { clusterId: id, poolId: "general", nodes: nodesOf("general", generalNodes, general) },
      ...(gpus > 0 ? [{ clusterId: id, poolId: "gpu", nodes: nodesOf("gpu", gpus, inference) }] : []),
    ],
  };
};

interface NodeSize {
  readonly cpu: number;
  readonly memoryGiB: number;
  readonly gpus: number;
  readonly labels: Readonly<Record<string, string>>;
}

const nodesOf = (pool: string, count: number, size: NodeSize): readonly HostedNode[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `${pool}-${i + 1}`,
    labels: { "topology.kubernetes.io/zone": `zone-${zones[i % zones.length] ?? ""}`, ...size.labels },
    taints: size.gpus > 0 ? [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }] : [],
    capacity: resources(size, 1),
    // A twentieth is the node's own, as clouds reserve it or more.
    allocatable: resources(size, 0.95),
  }));

const resources = ({ cpu, memoryGiB, gpus }: NodeSize, share: number): Readonly<Record<string, string>> => ({
  cpu: `${Math.floor(cpu * share * 1000)}m`,
  memory: `${Math.floor(memoryGiB * share * 1024)}Mi`,
  "ephemeral-storage": "200Gi",
  pods: "110",
  ...(gpus > 0 && { "nvidia.com/gpu": `${gpus}` }),
});

const storageClass = (name: string, reclaimPolicy: "Delete" | "Retain"): StandingObject => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name },
  // The controller manager's own, which makes folders on the rehearsal's nodes.
  provisioner: "kubernetes.io/host-path",
  reclaimPolicy,
  volumeBindingMode: "WaitForFirstConsumer",
  allowVolumeExpansion: true,
});

const pluginLabels = { "k8s-app": "cilium" };

/** What the preflight takes for an enforcer. Its pods are played like all others: a rehearsal's packets are nobody's. */
const networkPlugin: StandingObject = {
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "cilium", namespace: "kube-system" },
  spec: {
    selector: { matchLabels: pluginLabels },
    template: {
      metadata: { labels: pluginLabels },
      spec: {
        tolerations: [{ operator: "Exists" }],
        containers: [{ name: "cilium-agent", image: "quay.io/cilium/cilium:v1.18.0" }],
      },
    },
  },
};
