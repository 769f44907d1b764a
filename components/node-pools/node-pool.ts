import { inputError } from "../shared";
import { mainPool } from "./main-pool";
import type { Taint } from "./taint";

/** A group of nodes of one plan. Plain values: which resources are made depends on them. */
export interface NodePoolArgs {
  /** The cloud's plan, for example `g6-standard-8`. Changing it replaces the pool's nodes. */
  readonly plan: string;
  /** Nodes at the start; with autoscaling the autoscaler moves it afterwards. */
  readonly count: number;
  /**
   * Bounds between which the cloud's autoscaler moves the count.
   * @default none: the count stays as given
   */
  readonly autoscaling?: { readonly min: number; readonly max: number } | undefined;
  /**
   * `inference` pools are labelled and tainted so that only GPU work lands there.
   * @default "general"
   */
  readonly purpose?: "general" | "inference";
  /**
   * Size of each node's disk in GiB.
   * @default the plan's own, or what the cloud's component documents
   */
  readonly diskGiB?: number | undefined;
  /**
   * Spare capacity at a lower price, which the cloud may take back at short notice.
   * @default false
   */
  readonly spot?: boolean;
  /**
   * Labels of the nodes besides our own, `holdfast.dev/…`, which say whose they are. They follow Kubernetes' syntax.
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /**
   * Taints of the nodes besides that of GPUs: pods that don't tolerate them stay away, the cluster's own too.
   * @default none
   */
  readonly taints?: readonly Taint[] | undefined;
  /**
   * Zones that nodes may be in, as the cloud names them: `eu-west-3a` on AWS, `1` on Azure. Linode's regions have none.
   * Changing them replaces the pool's nodes.
   * @default all that the cluster's network has
   */
  readonly zones?: readonly string[] | undefined;
}

/** Keys by which workloads find their nodes. */
export const nodeLabel = {
  environment: "holdfast.dev/environment",
  pool: "holdfast.dev/pool",
  purpose: "holdfast.dev/purpose",
} as const;

/** The taint that NVIDIA's device plugin and its like tolerate out of the box. */
export const gpuTaint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" } as const;

/** All labels of a pool's nodes. Ours come last: none can be claimed by another pool. */
export const nodeLabels = (environment: string, pool: string, args: NodePoolArgs): Record<string, string> => ({
  ...args.labels,
  [nodeLabel.environment]: environment,
  [nodeLabel.pool]: pool,
  ...(args.purpose === "inference" && { [nodeLabel.purpose]: "inference" }),
});

/** All taints of a pool's nodes. One without a value has the empty one, which is the same to Kubernetes. */
export const nodeTaints = (args: NodePoolArgs): (Taint & { readonly value: string })[] => [
  ...(args.purpose === "inference" ? [{ ...gpuTaint }] : []),
  ...(args.taints ?? []).map(({ key, value = "", effect }) => ({ key, value, effect })),
];

export type NodePools = Readonly<Record<string, NodePoolArgs>>;

/**
 * The pool that is part of the cluster itself, since LKE makes no cluster without one, and those beside it.
 * @throws InputPropertyError without a general pool: the cluster's own pods would have nowhere to run
 */
export const nestedAndSeparate = (
  pools: NodePools,
): { readonly nested: readonly [string, NodePoolArgs]; readonly separate: NodePools } => {
  const nested = mainPool(pools);
  if (!nested) {
    const found = Object.keys(pools).join(", ") || "none";
    throw inputError("nodePools", `a cluster needs at least one pool of purpose general; found ${found}.`);
  }
  return { nested, separate: Object.fromEntries(Object.entries(pools).filter(([name]) => name !== nested[0])) };
};
