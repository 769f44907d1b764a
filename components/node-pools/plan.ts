/** One plan of a cloud: what a node of it has, and what of that pods may use. */
export interface Plan {
  /** The cloud's own name, for example `g6-standard-8`. */
  readonly name: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly diskGiB: number;
  readonly gpus: number;
  /** The GPU's product name, where there is one. */
  readonly gpuModel?: string;
}

/** Kubernetes quantities by resource name: cpu, memory, ephemeral-storage, pods, nvidia.com/gpu. */
export type NodeResources = Readonly<Record<string, string>>;
