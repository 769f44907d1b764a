import { planCatalogues } from "../../components/node-pools/catalogues";
import { mainPool } from "../../components/node-pools/main-pool";
import type { Taint } from "../../components/node-pools/taint";
import type { Checker } from "./check-schema";
import { keyPath } from "./mistake";
import { gpuExamples, planOf } from "./plans";
import { checkAksAddresses, checkEksAddresses } from "./pool-addresses";
import { checkZones, zonesIn } from "./pool-zones";
import { nodePoolName, nodePoolOn, type NodePoolInput } from "./schema/node-pools";
import type { Cloud, ClusterConfig, EnvironmentTier, NodePoolConfig } from "./stack-config";

const root = "holdfast:nodePools";

type Pools = Readonly<Record<string, NodePoolConfig>>;

export interface PoolSurroundings {
  /** The stack's cloud; every cloud, where that is itself a mistake. */
  readonly on: readonly Cloud[];
  /** Undefined where it is a mistake. */
  readonly region: string | undefined;
  readonly tier: EnvironmentTier | undefined;
  /** What the pools are of; undefined where the stack file has mistakes there. */
  readonly cluster: ClusterConfig | undefined;
}

/** The node pools, or undefined where any of them has a mistake. */
export function resolvePools(checker: Checker, value: unknown, around: PoolSurroundings): Pools | undefined {
  const before = checker.mistakes.length;
  const nodePool = nodePoolOn(around.on);
  const checked = checker.checkEach(
    {
      of: "node pools, by name",
      schemaOf: (name) => {
        const named = nodePoolName.safeParse(name);
        return named.success ? nodePool : { found: "not a name", help: named.error.issues[0]?.message ?? "" };
      },
    },
    value,
    root,
  );
  const pools: [string, NodePoolConfig][] = [];
  for (const [name, entry] of checked) {
    const pool = resolvePool(checker, keyPath(root, [name]), entry.ok ? entry.value : entry.sound, around);
    if (pool !== undefined) pools.push([name, pool]);
  }
  if (checker.mistakes.length > before) return undefined;
  if (pools.every(([, pool]) => pool.purpose !== "general")) {
    checker.add(
      root,
      pools.length === 0 ? "no pools" : "inference pools only",
      "Services need a pool of purpose general.",
    );
    return undefined;
  }
  const resolved = Object.fromEntries(pools);
  checkSpot(checker, resolved, around);
  checkMainPool(checker, resolved);
  const [cloud] = around.on;
  if (around.on.length === 1 && checker.mistakes.length === before) {
    if (cloud === "aws")
      checkEksAddresses(checker, root, resolved, {
        cluster: around.cluster,
        zones: zonesIn(cloud, around.region) ?? [],
      });
    if (cloud === "azure") checkAksAddresses(checker, root, resolved);
  }
  return checker.mistakes.length > before ? undefined : resolved;
}

/** A pool with its defaults. Of one with mistakes, what is sound is still compared; what is missing is said already. */
function resolvePool(
  checker: Checker,
  path: string,
  input: Partial<NodePoolInput>,
  { on, region }: PoolSurroundings,
): NodePoolConfig | undefined {
  const { plan, autoscaling, diskGiB, spot = false, labels = {}, taints = [], zones } = input;
  const count = input.count ?? autoscaling?.min;
  if (autoscaling !== undefined && count !== undefined && (count < autoscaling.min || count > autoscaling.max)) {
    checker.add(`${path}.count`, `${count}`, `Autoscaling keeps it from ${autoscaling.min} to ${autoscaling.max}.`);
  }
  if (!on.some((cloud) => planCatalogues[cloud].hasDiskAndSpot)) {
    if (diskGiB !== undefined) {
      checker.add(`${path}.diskGiB`, `${diskGiB}`, "A plan of Linode's brings its disk: take a larger plan.");
    }
    if (spot) checker.add(`${path}.spot`, "true", "Linode has no spot capacity. Leave the key out.");
  }
  checkTaints(checker, path, taints);
  const [cloud] = on;
  if (on.length === 1 && cloud !== undefined) {
    if (zones !== undefined) checkZones(checker, path, zones, zonesIn(cloud, region));
    if (cloud === "aws") checkEksLabels(checker, path, labels, taints);
  }
  if (plan === undefined) return undefined;
  const gpus = planOf(plan, on)?.gpus ?? 0;
  const purpose = input.purpose ?? (gpus > 0 ? "inference" : "general");
  if (purpose === "inference" && gpus === 0) {
    const help = `${plan} has no GPU. Take one that has, as ${gpuExamples(on)}, or purpose general.`;
    checker.add(`${path}.purpose`, purpose, help);
  }
  if (purpose === "general" && gpus > 0) {
    checker.add(`${path}.purpose`, purpose, `${plan} has GPUs, which general work would occupy: purpose inference.`);
  }
  if (count === undefined) {
    const help = "Required: nodes at the start; or autoscaling, which starts with its minimum.";
    checker.add(`${path}.count`, "missing", help);
    return undefined;
  }
  return { plan, count, autoscaling, purpose, diskGiB, spot, labels, taints, zones };
}

/** The pool that the cluster itself runs on must stay, and in production every general one: spot nodes can all go at once. */
function checkSpot(checker: Checker, pools: Pools, { on, tier }: PoolSurroundings): void {
  const general = Object.entries(pools).filter(([, pool]) => pool.purpose === "general");
  for (const [name, pool] of general) {
    if (!pool.spot) continue;
    const path = keyPath(root, [name, "spot"]);
    if (tier === "production") {
      checker.add(path, "true", "Production's services run on nodes that stay: spot is for inference pools there.");
    } else if (on.includes("azure") && on.length === 1) {
      checker.add(path, "true", "AKS keeps all but what tolerates spot off such nodes, which no service here does.");
    } else if (general.every(([, other]) => other.spot)) {
      checker.add(path, "true", "The cloud may take all nodes back at once: one general pool must stay. Leave it out.");
    }
  }
}

/** What the cluster's own pods and the services run on by default: at least a node, and nothing that keeps them away. */
function checkMainPool(checker: Checker, pools: Pools): void {
  const main = mainPool(pools);
  if (main === undefined) return;
  const [name, { autoscaling, count, taints }] = main;
  const least = autoscaling?.min ?? count;
  if (least === 0) {
    const key = autoscaling === undefined ? [name, "count"] : [name, "autoscaling", "min"];
    checker.add(keyPath(root, key), "0", "The cluster's own pods run in this pool, which keeps at least 1 node.");
  }
  for (const [index, { key, effect }] of taints.entries()) {
    if (effect === "PreferNoSchedule") continue;
    const help = `The cluster's own pods run in this pool and don't tolerate ${key}: PreferNoSchedule, or another pool.`;
    checker.add(keyPath(root, [name, "taints", index, "effect"]), effect, help);
  }
}

/** Kubernetes has one taint at most of each key and effect. */
function checkTaints(checker: Checker, path: string, taints: readonly Taint[]): void {
  for (const [index, { key, effect }] of taints.entries()) {
    if (taints.findIndex((one) => one.key === key && one.effect === effect) === index) continue;
    checker.add(`${path}.taints[${index}]`, `${key}:${effect}`, "A taint of this key and effect is listed already.");
  }
}

/**
 * EKS counts a key's domain among its 63 characters, and takes no label without a value.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
function checkEksLabels(
  checker: Checker,
  path: string,
  labels: Readonly<Record<string, string>>,
  taints: readonly Taint[],
): void {
  const keys = [
    ...Object.keys(labels).map((key) => ({ at: keyPath(path, ["labels", key]), key })),
    ...taints.map(({ key }, index) => ({ at: `${path}.taints[${index}].key`, key })),
  ];
  for (const { at, key } of keys.filter((one) => one.key.length > 63)) {
    checker.add(at, key, `EKS takes keys of at most 63 characters with their domain, and this has ${key.length}.`);
  }
  for (const key of Object.keys(labels).filter((one) => labels[one] === "")) {
    checker.add(keyPath(path, ["labels", key]), '""', 'EKS takes no label without a value. Write one, as "true".');
  }
}
