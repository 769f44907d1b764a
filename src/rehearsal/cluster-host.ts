/**
 * Where the rehearsal's clusters live. The stand-in cloud tells the host what its program made; the host answers with a
 * cluster that Kubernetes objects can go to. Two hosts: one that simulates (objects are checked and kept on disk), and one
 * that starts a real control plane on loopback.
 */
export interface ClusterHost {
  /**
   * Seconds that an object in its clusters has to become ready, or to be gone, where it names none itself.
   * @default 120
   */
  readonly readyWithinSeconds?: number | undefined;
  /** Brings a cluster up, or finds it up: same id, same cluster. */
  createCluster(cluster: HostedCluster): Promise<{ readonly kubeconfig: string }>;
  /** Makes the pool's nodes, or brings them to what the pool now says. */
  applyPool(pool: HostedPool): Promise<void>;
  removePool(clusterId: string, poolId: string): Promise<void>;
  removeCluster(clusterId: string): Promise<void>;
  /** Teaches a cluster that is there more custom resources, as an add-on of its cloud does. */
  addDefinitions(clusterId: string, definitions: readonly HostedDefinition[]): Promise<void>;
  /** Full access to the cluster at this address, whatever credentials the program was given; undefined where none is. */
  adminKubeconfig(server: string): Promise<string | undefined>;
}

export interface HostedCluster {
  readonly id: string;
  readonly label: string;
  /** Minor version, for example `1.35`. */
  readonly kubernetesVersion: string;
  readonly region: string;
  /** What the cloud's clusters come with. */
  readonly storageClasses: readonly HostedStorageClass[];
  /**
   * Custom resources that the cloud's clusters come with.
   * @default none
   */
  readonly definitions?: readonly HostedDefinition[];
  /**
   * What else stands in it before anything of ours.
   * @default nothing
   */
  readonly comesWith?: readonly StandingObject[];
}

/** A Kubernetes object as its owner would apply it. */
export interface StandingObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** A custom resource that an API server is to accept. */
export interface HostedDefinition {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Lower case, as in paths. */
  readonly plural: string;
  readonly scope: "Namespaced" | "Cluster";
}

/** A storage class that a cloud installs by itself. */
export interface HostedStorageClass {
  readonly name: string;
  readonly reclaimPolicy: "Delete" | "Retain";
  /** Taken by claims that name no class. */
  readonly isDefault: boolean;
}

export interface HostedPool {
  readonly clusterId: string;
  readonly poolId: string;
  readonly nodes: readonly HostedNode[];
  /**
   * What the cloud's autoscaler may add, where it is on: while a pod finds no node, nodes like this one, its name
   * followed by a number, in turn in these zones or else in its own, until the pool has `max`.
   */
  readonly growth?: { readonly max: number; readonly node: HostedNode; readonly zones?: readonly string[] };
}

/** A node as its kubelet would report it. */
export interface HostedNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  /** Kubernetes quantities by resource name: cpu, memory, ephemeral-storage, pods, nvidia.com/gpu. */
  readonly capacity: Readonly<Record<string, string>>;
  readonly allocatable: Readonly<Record<string, string>>;
}
