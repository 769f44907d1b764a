import type { NamespaceTier } from "../config/stack-config";

/**
 * What a service is, the same in every environment. What differs by environment (image, hosts, replicas, on or off) is
 * the stack file's.
 */
export interface AppSpec {
  /** The service's name: its DNS label, and its key in the stack file. */
  readonly name: string;
  /** What it does, in one line; shown in summaries and editors. */
  readonly summary: string;
  /** The tier, and so the namespace, that it lives in. */
  readonly tier: NamespaceTier;
  readonly kind: "http" | "inference";
  /** Where it listens: `http` for calls, and `metrics` where that is another port. */
  readonly port: number;
  readonly metrics: { readonly port: number; readonly path: string };
  readonly probes: { readonly startup: ProbeSpec; readonly readiness: ProbeSpec; readonly liveness: ProbeSpec };
  /** Services that it calls: each opens egress here and ingress there, on the other's port, and nothing else. */
  readonly calls: readonly string[];
  readonly resources: ResourceProfile;
  /** Paths that it may write to, each an emptyDir of the given size. */
  readonly writable: Readonly<Record<string, string>>;
  /** Settings with their defaults, as the ConfigMap's keys; the stack file may override and add. */
  readonly settings: Readonly<Record<string, string>>;
  /** Secrets that the platform generates for it: file name below the secrets folder, and length in characters. */
  readonly generatedSecrets: Readonly<Record<string, number>>;
  /** Seconds that a pod has to finish what it is doing. */
  readonly terminationGracePeriodSeconds: number;
  /** Stand-in image for a first run: public, real, and speaking the same protocol. */
  readonly defaultImage: string;
  readonly args: readonly string[];
  /** What an inference service holds besides its container; set where `kind` is `inference`. */
  readonly inference?: InferenceSpec;
}

export interface InferenceSpec {
  /** Size of each replica's model cache, as a Kubernetes quantity: the weights, and room for the next version's. */
  readonly modelCache: string;
  /** Shared memory between the server's processes; counts against the container's memory limit. */
  readonly sharedMemory: string;
}

export interface ProbeSpec {
  readonly path: string;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

/** Requests and limits of one container, in Kubernetes quantities. */
export interface ResourceProfile {
  readonly requests: { readonly cpu: string; readonly memory: string; readonly ephemeralStorage: string };
  readonly limits: { readonly cpu: string; readonly memory: string; readonly ephemeralStorage: string };
  /** Whole GPUs. */
  readonly gpus: number;
}
