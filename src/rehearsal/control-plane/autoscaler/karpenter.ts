import { CustomObjectsApi, type V1Node } from "@kubernetes/client-node";
import { z } from "zod";
import { planCatalogues } from "../../../../components/node-pools/catalogues";
import type { HostedNode } from "../../cluster-host";
import { failedWith, kubeConfig, notFound } from "../api-client";
import { poolIdLabel } from "../pool-nodes";
import { zoneLabel, type AutoscaledPool } from "./plan";

/** What the API server answers while it gets ready for a definition that is new. */
const tooManyRequests = 429;

/** Begins the pool ids of what Karpenter adds, so that they are told from the pools of the cloud itself. */
const poolIdPrefix = "karpenter.";
const instanceTypeLabel = "node.kubernetes.io/instance-type";
const regionLabel = "topology.kubernetes.io/region";

const labels = z.record(z.string(), z.string());
const named = z.object({ metadata: z.object({ name: z.string() }) });

/** What is read of a NodePool; whether all of it is right, its definition says. */
const nodePool = named.extend({
  spec: z.object({
    limits: z.object({ nodes: z.string().regex(/^\d+$/) }),
    template: z.object({
      metadata: z.object({ labels: labels.default({}) }).default({ labels: {} }),
      spec: z.object({
        nodeClassRef: z.object({ name: z.string() }),
        requirements: z.array(z.object({ key: z.string(), operator: z.literal("In"), values: z.array(z.string()) })),
        taints: z.array(z.object({ key: z.string(), value: z.string().default(""), effect: z.string() })).default([]),
      }),
    }),
  }),
});

export interface KarpenterObjects {
  readonly nodePools: readonly unknown[];
  readonly nodeClasses: readonly unknown[];
}

/** Karpenter's objects in a cluster; none where it doesn't know them, undefined where it can't say yet. */
export const karpenterObjects = async (kubeconfig: string): Promise<KarpenterObjects | undefined> => {
  const api = kubeConfig(kubeconfig).makeApiClient(CustomObjectsApi);
  const list = async (group: string, plural: string): Promise<readonly unknown[]> => {
    try {
      const answer: unknown = await api.listClusterCustomObject({ group, version: "v1", plural });
      return z.object({ items: z.array(z.unknown()) }).parse(answer).items;
    } catch (error) {
      if (failedWith(error, notFound)) return [];
      throw error;
    }
  };
  try {
    const nodePools = await list("karpenter.sh", "nodepools");
    return { nodePools, nodeClasses: nodePools.length === 0 ? [] : await list("karpenter.k8s.aws", "ec2nodeclasses") };
  } catch (error) {
    if (failedWith(error, tooManyRequests)) return undefined;
    throw error;
  }
};

/**
 * What Karpenter may add, by its objects: up to the limit of each NodePool whose class is there, nodes of its instance type
 * with its labels and taints, in turn in the zones that it asks for, or else in those that the cluster has nodes in.
 * @throws Error naming a NodePool that this can't play, and why
 */
export const karpenterPools = (
  { nodePools, nodeClasses }: KarpenterObjects,
  nodes: readonly V1Node[],
): AutoscaledPool[] => {
  const classes = new Set(nodeClasses.map((one) => named.parse(one).metadata.name));
  return nodePools.flatMap((object) => {
    const { metadata, spec } = read(object);
    const { template, limits } = spec;
    // Without its class a NodePool isn't ready, and gets no nodes.
    if (!classes.has(template.spec.nodeClassRef.name)) return [];
    const asked = new Map(template.spec.requirements.map(({ key, values }) => [key, values]));
    const zones = asked.get(zoneLabel) ?? labelsOf(nodes, zoneLabel);
    const region = labelsOf(nodes, regionLabel)[0];
    const node: HostedNode = {
      name: metadata.name,
      labels: {
        ...template.metadata.labels,
        ...Object.fromEntries(
          [...asked].flatMap(([key, values]) => (key === zoneLabel ? [] : [[key, values[0] ?? ""]])),
        ),
        ...(region !== undefined && { [regionLabel]: region }),
        "karpenter.sh/nodepool": metadata.name,
      },
      taints: template.spec.taints,
      ...resourcesOf(metadata.name, asked.get(instanceTypeLabel) ?? []),
    };
    return [{ poolId: `${poolIdPrefix}${metadata.name}`, max: Number(limits.nodes), node, zones }];
  });
};

/** Nodes whose NodePool is gone: Karpenter takes them away with it. */
export const orphans = (nodes: readonly V1Node[], pools: readonly AutoscaledPool[]): V1Node[] => {
  const present = new Set(pools.map(({ poolId }) => poolId));
  return nodes.filter(({ metadata }) => {
    const poolId = metadata?.labels?.[poolIdLabel] ?? "";
    return poolId.startsWith(poolIdPrefix) && !present.has(poolId);
  });
};

export const isKarpenters = ({ poolId }: Pick<AutoscaledPool, "poolId">): boolean => poolId.startsWith(poolIdPrefix);

const read = (object: unknown): z.output<typeof nodePool> => {
  const result = nodePool.safeParse(object);
  if (result.success) return result.data;
  const name = named.safeParse(object).data?.metadata.name ?? "without a name";
  throw new Error(`NodePool ${name}: the rehearsal can't play it. ${z.prettifyError(result.error)}`);
};

/** The rehearsal knows what a node has by its plan, so that there must be the one. */
const resourcesOf = (pool: string, types: readonly string[]): Pick<HostedNode, "capacity" | "allocatable"> => {
  const { plans, nodeResources } = planCatalogues.aws;
  const [type = "none", ...others] = types;
  const plan = others.length === 0 ? plans[type] : undefined;
  if (plan !== undefined) return nodeResources(plan);
  throw new Error(
    `NodePool ${pool}: found ${instanceTypeLabel} ${types.join(", ") || type}, wanted one instance type of the catalogue.`,
  );
};

const labelsOf = (nodes: readonly V1Node[], label: string): string[] =>
  [...new Set(nodes.flatMap(({ metadata }) => metadata?.labels?.[label] ?? []))].toSorted();
