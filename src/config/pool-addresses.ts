import { aksPodRange } from "../../components/network/cluster-ranges";
import { aksPodRangeNodes, awsZoneAddresses } from "../../components/network/pod-addresses";
import { surgePercent } from "../../components/node-pools/aks-surge";
import { eksNodeAddresses } from "../../components/node-pools/eks-addresses";
import { karpenterNodes, managedNodes, nodesForKarpenterAlone } from "../../components/node-pools/karpenter/growth";
import type { Checker } from "./check-schema";
import { keyPath } from "./mistake";
import { planOf } from "./plans";
import type { ClusterConfig, NodePoolConfig } from "./stack-config";

type Pools = Readonly<Record<string, NodePoolConfig>>;

interface Need {
  readonly name: string;
  readonly pool: NodePoolConfig;
  /** Those that always stay, which a managed node group spreads evenly over the zones. */
  readonly fixed: number;
  /** Those that Karpenter may add: it balances nothing, so each zone needs room for all of them. */
  readonly growing: number;
  /** How many zones they may be in. */
  readonly zones: number;
  /** What one node takes. */
  readonly each: number;
  /** What those in one zone take at most. */
  readonly inZone: number;
}

interface AwsSurroundings {
  readonly cluster: ClusterConfig | undefined;
  /** Those of the network, which a pool that names none may use. */
  readonly zones: readonly string[];
}

/** Says it where the pools together are too large for their subnets on EKS, at the pool that takes the most. */
export function checkEksAddresses(checker: Checker, root: string, pools: Pools, around: AwsSurroundings): void {
  const { cluster, zones } = around;
  const needs = Object.entries(pools).map(([name, pool]): Need => {
    const [fixed, growing, spread] = [managedNodes(pool), karpenterNodes(pool), pool.zones?.length ?? zones.length];
    const each = addressesOf(pool);
    return { name, pool, fixed, growing, zones: spread, each, inZone: (Math.ceil(fixed / spread) + growing) * each };
  });
  // A cluster that is joined has its owner's Karpenter.
  const alone = cluster?.kind === "own" ? nodesForKarpenterAlone(pools, cluster.members.length) : undefined;
  const room =
    awsZoneAddresses - (alone === undefined ? 0 : Math.ceil(alone.count / zones.length) * addressesOf(alone));
  const perZone = zones.map((zone) => {
    const there = needs.filter(({ pool }) => pool.zones?.includes(zone) ?? true);
    return { zone, there, taken: there.reduce((sum, { inZone }) => sum + inZone, 0) };
  });
  const [fullest] = perZone.toSorted((a, b) => b.taken - a.taken);
  const most = fullest?.there.toSorted((a, b) => b.inZone - a.inZone)[0];
  if (fullest === undefined || most === undefined || fullest.taken <= room) return;
  const left = Math.max(0, room - (fullest.taken - most.inZone));
  checker.add(
    maximumOf(root, most),
    `${most.fixed + most.growing}`,
    `The subnet of ${fullest.zone} is too small: a node with all its pods takes ${most.each} addresses, and beside all ` +
      `else ${left} of ${awsZoneAddresses} are left: at most ${nodesWithin(left, most)} nodes. Those that always stay ` +
      `are spread evenly over ${most.zones} zones; those that come and go may all be in one.`,
  );
}

const addressesOf = ({ plan }: Pick<NodePoolConfig, "plan">): number => {
  const known = planOf(plan, ["aws"]);
  return known === undefined ? 0 : eksNodeAddresses(known);
};

/** Nodes that a pool may have where one zone has so many addresses for them. */
function nodesWithin(addresses: number, { fixed, zones, each }: Need): number {
  const inZone = Math.floor(addresses / each);
  const growing = inZone - Math.ceil(fixed / zones);
  return growing >= 0 ? fixed + growing : inZone * zones;
}

/**
 * Says it where the pools together have more nodes on AKS than there are ranges for their pods, a third more of each
 * general pool while it is upgraded. The nodes' own subnet, a /17, is never the smaller of the two.
 */
export function checkAksAddresses(checker: Checker, root: string, pools: Pools): void {
  const needs = Object.entries(pools).map(([name, pool]) => {
    const nodes = largest(pool);
    // As aksPool has it: a GPU node goes before its successor comes.
    return { name, pool, nodes, withSurge: nodes + (pool.purpose === "inference" ? 0 : Math.ceil(nodes * surge)) };
  });
  const [most] = needs.toSorted((a, b) => b.nodes - a.nodes);
  const [room, total] = [aksPodRangeNodes(aksPodRange), needs.reduce((sum, { withSurge }) => sum + withSurge, 0)];
  if (most === undefined || total <= room) return;
  const left = Math.max(0, room - (total - most.withSurge));
  checker.add(
    maximumOf(root, most),
    `${most.nodes}`,
    `AKS gives each node a /24 of ${aksPodRange} for its pods, which is enough for ${room} nodes: with a third more of ` +
      `each general pool during an upgrade, ${left} are left for this one, at most ${Math.floor(left / (1 + surge))} nodes.`,
  );
}

const surge = surgePercent / 100;

const largest = ({ autoscaling, count }: NodePoolConfig): number => autoscaling?.max ?? count;

const maximumOf = (root: string, { name, pool }: Pick<Need, "name" | "pool">): string =>
  keyPath(root, pool.autoscaling === undefined ? [name, "count"] : [name, "autoscaling", "max"]);
