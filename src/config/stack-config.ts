import { clouds, stackClouds, type Cloud, type StackCloud } from "../../components/shared/cloud";
import type { Taint } from "../../components/node-pools/taint";

/**
 * What a stack file says, after checking and with every default filled in: the one object that everything below
 * configuration is made from. Plain data: no outputs, no classes, nothing read later.
 */
export type StackConfig = CloudStackConfig | ExistingStackConfig;

interface EveryStackConfig {
  /** The environment, which is the stack's name: the prefix of its namespaces and the label of its nodes. */
  readonly environment: string;
  /** Development may trade safety for cost; production never does: digests, retention and protection follow it. */
  readonly tier: EnvironmentTier;
  /** Every tier of the platform, its quota scaled for this environment. */
  readonly namespaces: Readonly<Record<NamespaceTier, NamespaceConfig>>;
  readonly domains: DomainsConfig;
  /** By service name: those that are switched on, and what differs by environment. */
  readonly apps: Readonly<Record<string, AppConfig>>;
}

/** A stack whose cluster and all around it is made in a cloud. */
export interface CloudStackConfig extends EveryStackConfig {
  readonly cloud: Cloud;
  /** The cloud's own name for the region, for example `fr-par`. */
  readonly region: string;
  /** Where production's buckets are copied to; undefined where they are not. */
  readonly replicaRegion: string | undefined;
  readonly network: NetworkConfig;
  readonly cluster: ClusterConfig;
  /** By pool name. */
  readonly nodePools: Readonly<Record<string, NodePoolConfig>>;
}

/** A stack on a cluster that is there already, whoever made it: only what goes into the cluster is ours. */
export interface ExistingStackConfig extends EveryStackConfig {
  readonly cloud: "existing";
  readonly cluster: ExistingClusterConfig;
  /** The bucket that models come from; there where an inference service is on. */
  readonly modelStore: ModelStoreConfig | undefined;
}

export { clouds, stackClouds, type Cloud, type StackCloud };

export const environmentTiers = ["development", "staging", "production"] as const;
export type EnvironmentTier = (typeof environmentTiers)[number];

/** The tiers that every environment has a namespace for, `<environment>-<tier>`. */
export const namespaceTiers = ["system", "frontend", "services", "data", "ops"] as const;
export type NamespaceTier = (typeof namespaceTiers)[number];

export interface NetworkConfig {
  /** The environment's private network, a /16 in CIDR notation that no other environment has, so that they can peer. */
  readonly range: string;
}

/** A cluster of one's own, or a place in another stack's. */
export type ClusterConfig = OwnClusterConfig | JoinedClusterConfig;

export interface OwnClusterConfig {
  readonly kind: "own";
  /** Minor version, as the cloud names it: `1.35`. */
  readonly kubernetesVersion: string;
  /** Replicated control plane. Can be turned on later, never off. */
  readonly highAvailability: boolean;
  /** Who may reach the Kubernetes API, as CIDR ranges; undefined leaves it open. */
  readonly controlPlaneAcl: ControlPlaneAcl | undefined;
  /** Stacks that join this cluster; the pools that they bring are left alone by this one. */
  readonly members: readonly string[];
}

export interface ControlPlaneAcl {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

export interface JoinedClusterConfig {
  readonly kind: "joined";
  /** The stack that owns the cluster. */
  readonly stack: string;
}

/** What a stack says of a cluster that it only finds: what can't be known, or chosen, from here. */
export interface ExistingClusterConfig {
  readonly kind: "existing";
  /** The kubeconfig's context; undefined takes its current one. */
  readonly context: string | undefined;
  /** The cluster's own classes, by what ours are for: what can be made again, and data. */
  readonly storageClasses: { readonly standard: string; readonly retain: string };
  readonly nodes: {
    /** Labels of the nodes for general work; none where any node will do. */
    readonly general: Readonly<Record<string, string>>;
    /** Labels of the nodes for GPU work, and what this stack may use of them. */
    readonly inference: Readonly<Record<string, string>>;
  };
  /** What the GPU nodes have together, as far as it is this stack's: it widens the quota of the services. */
  readonly inferenceCapacity: { readonly gpus: number; readonly vcpus: number; readonly memoryGiB: number };
  /** What enforces network policies, in the operator's word, where the preflight doesn't know it. */
  readonly networkPolicyEnforcer: string | undefined;
}

/** A bucket behind S3's API. */
export interface ModelStoreConfig {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string | undefined;
}

export interface NodePoolConfig {
  /** The cloud's plan, for example `g6-standard-8`. */
  readonly plan: string;
  /** Nodes at the start; with autoscaling the autoscaler moves it afterwards. */
  readonly count: number;
  /** Undefined: manual scaling. */
  readonly autoscaling: { readonly min: number; readonly max: number } | undefined;
  /** Size of each node's disk in GiB; undefined where the plan brings its own, or the cloud's default will do. */
  readonly diskGiB: number | undefined;
  /** Spare capacity at a lower price, which the cloud may take back at short notice. */
  readonly spot: boolean;
  /** `inference` pools are labelled and tainted so that only GPU work lands there. */
  readonly purpose: NodePoolPurpose;
  /** Labels of the nodes besides our own; none, and so with the taints, where the stack file has none. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** Zones that nodes may be in; undefined for all that the cluster's network has. */
  readonly zones: readonly string[] | undefined;
}

export type NodePoolPurpose = "general" | "inference";

export interface NamespaceConfig {
  readonly quota: QuotaConfig;
}

/** Ceilings for everything in one namespace together, in Kubernetes quantities and counts. */
export interface QuotaConfig {
  readonly requestsCpu: string;
  readonly requestsMemory: string;
  readonly limitsCpu: string;
  readonly limitsMemory: string;
  readonly persistentVolumeClaims: number;
  readonly services: number;
  readonly secrets: number;
  readonly configMaps: number;
  readonly pods: number;
  /** GPUs that may be requested; 0 where no inference runs. */
  readonly gpus: number;
}

export interface DomainsConfig {
  /** The environment's zone, below which the hosts of its services lie. */
  readonly base: string;
}

/** What differs by environment for one service; what the service is stands in src/apps. */
export interface AppConfig {
  /** `repository:tag` or `repository@sha256:…`; production takes digests only. */
  readonly image: string;
  /** Host names that reach this service from outside. */
  readonly hosts: readonly string[];
  readonly replicas: { readonly min: number; readonly max: number };
  /** Settings handed to the service as its ConfigMap, on top of its own defaults. */
  readonly settings: Readonly<Record<string, string>>;
}
