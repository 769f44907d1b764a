/** What a look into a cluster finds, as plain data. */
export interface ClusterFacts {
  /** The uid of kube-system, which is made with the cluster and goes with it. */
  readonly clusterId: string;
  /** As the API server says it, for example `v1.35.2` or `v1.34.1+k3s1`. */
  readonly version: string;
  readonly storageClasses: Looked<readonly StorageClassFacts[]>;
  readonly daemonSets: Looked<readonly DaemonSetFacts[]>;
  readonly nodes: Looked<readonly NodeFacts[]>;
  /** Of the custom resources that were asked for, those that the API server serves, as `plural.group/version`. */
  readonly definitions: Looked<readonly string[]>;
  /** Of the permissions that were asked for, those that are refused. */
  readonly refused: readonly Permission[];
}

/** What a look found, or that looking isn't permitted. */
export type Looked<T> = T | "not permitted";

export interface StorageClassFacts {
  readonly name: string;
  readonly bindingMode: string;
  readonly expandable: boolean;
  readonly reclaimPolicy: string;
}

export interface DaemonSetFacts {
  readonly name: string;
  readonly containers: readonly { readonly image: string; readonly args: readonly string[] }[];
}

export interface NodeFacts {
  readonly labels: Readonly<Record<string, string>>;
  /** What pods may have of `nvidia.com/gpu`; 0 also where the node takes no pods. */
  readonly gpus: number;
  readonly takesPods: boolean;
  /** What K3s was started with there, of its flags and its file together; undefined where the node doesn't say. */
  readonly k3sArguments: readonly string[] | undefined;
}

/** One thing that may be done in every namespace, or to the cluster. */
export interface Permission {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
}

/** A custom resource that has to be there. */
export interface Definition {
  readonly plural: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: "Namespaced" | "Cluster";
}
