import type { V1Node, V1Taint } from "@kubernetes/client-node";
import type { HostedNode } from "../cluster-host";

/** Names the pool that a node belongs to, so that a pool's nodes are found whatever the program calls them. */
export const poolIdLabel = "rehearsal.holdfast.dev/pool-id";

/** The Node object that a kubelet would register. kwok takes it from there, and keeps what it is given here. */
export const nodeObject = (poolId: string, node: HostedNode): V1Node => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: node.name,
    labels: {
      "kubernetes.io/hostname": node.name,
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": "amd64",
      ...node.labels,
      [poolIdLabel]: poolId,
    },
  },
  spec: { taints: node.taints.map((taint) => ({ ...taint })) },
  status: { capacity: { ...node.capacity }, allocatable: { ...node.allocatable } },
});

/** What has to be done to a pool's nodes. */
export interface PoolChanges {
  readonly create: readonly V1Node[];
  /** Present, wanted: brought to `wanted` where they differ. */
  readonly keep: readonly { readonly present: V1Node; readonly wanted: V1Node }[];
  readonly remove: readonly string[];
}

export const poolChanges = (present: readonly V1Node[], wanted: readonly V1Node[]): PoolChanges => {
  const presentByName = new Map(present.map((node) => [node.metadata?.name, node]));
  const names = new Set(wanted.map((node) => node.metadata?.name));
  return {
    create: wanted.filter((node) => !presentByName.has(node.metadata?.name)),
    keep: wanted.flatMap((node) => {
      const found = presentByName.get(node.metadata?.name);
      return found === undefined ? [] : [{ present: found, wanted: node }];
    }),
    remove: present.flatMap((node) => (names.has(node.metadata?.name) ? [] : [node.metadata?.name ?? ""])),
  };
};

/** The present node with the wanted labels and taints; taints that Kubernetes itself keeps on nodes stay. */
export const withSpec = (present: V1Node, wanted: V1Node): V1Node => ({
  ...present,
  metadata: { ...present.metadata, labels: wanted.metadata?.labels ?? {} },
  spec: {
    ...present.spec,
    taints: [...(wanted.spec?.taints ?? []), ...(present.spec?.taints ?? []).filter(isKubernetesOwn)],
  },
});

/** The present node with the wanted capacity. */
export const withCapacity = (present: V1Node, wanted: V1Node): V1Node => ({
  ...present,
  status: {
    ...present.status,
    capacity: wanted.status?.capacity ?? {},
    allocatable: wanted.status?.allocatable ?? {},
  },
});

/** What keeps pods off a node until it is ready, put there as the node registers. */
export const notReadyTaint = "node.kubernetes.io/not-ready";

/** Ready, and open for pods: the controller manager lifts its not-ready taint a moment after the node is ready. */
export const isReady = (node: V1Node): boolean =>
  (node.status?.conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True") &&
  !(node.spec?.taints ?? []).some(({ key }) => key === notReadyTaint);

const isKubernetesOwn = (taint: V1Taint): boolean => taint.key.startsWith("node.kubernetes.io/");
