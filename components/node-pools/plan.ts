/** One plan of a cloud: what a node of it has, and what of that pods may use. */
export interface Plan {
  /** The cloud's own name, for example `g6-standard-8`. */
  readonly name: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  /** The plan's own disk; for a cloud whose plans bring none, the disk that a pool gets unless it says otherwise. */
  readonly diskGiB: number;
  readonly gpus: number;
  /** The GPU's product name, where there is one. */
  readonly gpuModel?: string;
}

/** The plans that a cloud's Kubernetes takes as nodes. Plain data: it loads no SDK. */
export interface PlanCatalogue {
  /** What the cloud calls its Kubernetes. */
  readonly product: "LKE" | "EKS" | "AKS";
  readonly plans: Readonly<Record<string, Plan>>;
  /** A GPU plan to recommend. */
  readonly gpuExample: string;
  /** A plan of 8 vCPUs and 32 GiB, for general work where nothing else is known. */
  readonly generalExample: string;
  /** Whether a pool may choose its disk and ask for spot capacity; a plan of Linode's brings its disk, at one price. */
  readonly hasDiskAndSpot: boolean;
  /** Nodes that a pool may have. */
  readonly maxNodes: number;
  /** Nodes that a pool has at least: none, where it can be brought back from there. */
  readonly minNodes: 0 | 1;
  /** Why a plan that the cloud has, or had, can't be a node here, and what to take instead; undefined for other names. */
  readonly unsupported: (name: string) => string | undefined;
  /** What a node of the plan reports to Kubernetes: meant to be on the low side, so that what fits here fits there. */
  readonly nodeResources: (plan: Plan) => { readonly capacity: NodeResources; readonly allocatable: NodeResources };
}

/** Kubernetes quantities by resource name: cpu, memory, ephemeral-storage, pods, nvidia.com/gpu. */
export type NodeResources = Readonly<Record<string, string>>;
