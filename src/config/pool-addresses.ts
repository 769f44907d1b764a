import { aksPodRange } from "../../components/network/cluster-ranges";
import { aksPodRangeNodes, awsZoneAddresses } from "../../components/network/pod-addresses";
import { eksNodeAddresses } from "../../components/node-pools/eks-addresses";
import type { Checker } from "./check-schema";
import { keyPath } from "./mistake";
import { planOf } from "./plans";
import type { NodePoolConfig } from "./stack-config";

type Pools = Readonly<Record<string, NodePoolConfig>>;

interface Need {
  readonly name: string;
  readonly pool: NodePoolConfig;
  /** At the pool's largest. */
  readonly nodes: number;
  /** How many zones they are spread over. */
  readonly zones: number;
  /** What one node takes. */
  readonly each: number;
  /** What those in one zone take, where the cloud spreads them evenly. */
  readonly inZone: number;
}

/** Says it where the pools together are too large for their subnets on EKS, at the pool that takes the most. */
export function checkEksAddresses(checker: Checker, root: string, pools: Pools, zones: readonly string[]): void {
  const needs = Object.entries(pools).map(([name, pool]): Need => {
    const plan = planOf(pool.plan, ["aws"]);
    const [nodes, spread] = [largest(pool), pool.zones?.length ?? zones.length];
    const each = plan === undefined ? 0 : eksNodeAddresses(plan);
    return { name, pool, nodes, zones: spread, each, inZone: Math.ceil(nodes / spread) * each };
  });
  const perZone = zones.map((zone) => {
    const there = needs.filter(({ pool }) => pool.zones?.includes(zone) ?? true);
    return { zone, there, taken: there.reduce((sum, { inZone }) => sum + inZone, 0) };
  });
  const [fullest] = perZone.toSorted((a, b) => b.taken - a.taken);
  const most = fullest?.there.toSorted((a, b) => b.inZone - a.inZone)[0];
  if (fullest === undefined || most === undefined || fullest.taken <= awsZoneAddresses) return;
  const left = Math.max(0, awsZoneAddresses - (fullest.taken - most.inZone));
  const fits = Math.floor(left / most.each) * most.zones;
  checker.add(
    maximumOf(root, most),
    `${most.nodes}`,
    `The subnet of ${fullest.zone} is too small: a node with all its pods takes ${most.each} addresses, and beside the ` +
      `other pools ${left} of ${awsZoneAddresses} are left: at most ${fits} nodes in ${most.zones} zones.`,
  );
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

/** Nodes that an upgrade adds, by those of the pool. */
const surge = 0.33;

const largest = ({ autoscaling, count }: NodePoolConfig): number => autoscaling?.max ?? count;

const maximumOf = (root: string, { name, pool }: Pick<Need, "name" | "pool">): string =>
  keyPath(root, pool.autoscaling === undefined ? [name, "count"] : [name, "autoscaling", "max"]);
