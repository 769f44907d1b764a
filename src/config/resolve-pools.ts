import { planCatalogues } from "../../components/node-pools/catalogues";
import { eksMaxPods } from "../../components/node-pools/aws-plans";
import { awsPrivateAddresses, eksPoolAddresses } from "../../components/network/pod-addresses";
import type { Checker } from "./check-schema";
import { keyPath } from "./mistake";
import { gpuExamples, planOf } from "./plans";
import { nodePoolName, nodePoolOn, type NodePoolInput } from "./schema/node-pools";
import type { Cloud, EnvironmentTier, NodePoolConfig } from "./stack-config";

const root = "holdfast:nodePools";

type Pools = Readonly<Record<string, NodePoolConfig>>;

export interface PoolSurroundings {
  /** The stack's cloud; every cloud, where that is itself a mistake. */
  readonly on: readonly Cloud[];
  readonly tier: EnvironmentTier | undefined;
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
    const pool = resolvePool(checker, keyPath(root, [name]), entry.ok ? entry.value : entry.sound, around.on);
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
  if (around.on.length === 1 && around.on[0] === "aws") checkAddresses(checker, resolved);
  return checker.mistakes.length > before ? undefined : resolved;
}

/** A pool with its defaults. Of one with mistakes, what is sound is still compared; what is missing is said already. */
function resolvePool(
  checker: Checker,
  path: string,
  input: Partial<NodePoolInput>,
  on: readonly Cloud[],
): NodePoolConfig | undefined {
  const { plan, autoscaling, diskGiB, spot = false } = input;
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
  return { plan, count, autoscaling, purpose, diskGiB, spot };
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

/** On EKS every pod has an address of the private subnets, which therefore bound all pools together. */
function checkAddresses(checker: Checker, pools: Pools): void {
  const needs = Object.entries(pools).map(([name, pool]) => {
    const plan = planOf(pool.plan, ["aws"]);
    const nodes = pool.autoscaling?.max ?? pool.count;
    const pods = plan === undefined ? 0 : eksMaxPods(plan);
    return { name, pool, nodes, pods, addresses: eksPoolAddresses(nodes, pods) };
  });
  const total = needs.reduce((sum, { addresses }) => sum + addresses, 0);
  const [largest] = [...needs].sort((a, b) => b.addresses - a.addresses);
  if (total <= awsPrivateAddresses || largest === undefined) return;
  const { name, pool, nodes, pods, addresses } = largest;
  const left = awsPrivateAddresses - (total - addresses);
  const fits = Math.max(0, Math.floor(left / eksPoolAddresses(1, pods)));
  checker.add(
    keyPath(root, pool.autoscaling === undefined ? [name, "count"] : [name, "autoscaling", "max"]),
    `${nodes}`,
    `The subnets are too small: ${pods} pods a node take ${addresses} addresses, and beside the other pools ` +
      `${Math.max(0, left)} of ${awsPrivateAddresses} are left: at most ${fits} nodes.`,
  );
}
