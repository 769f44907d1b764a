import { linodePlans } from "../../components/node-pools/linode-plans";
import type { Checker } from "./check-schema";
import { keyPath } from "./mistake";
import { nodePool, nodePoolName, type NodePoolInput } from "./schema/node-pools";
import type { NodePoolConfig } from "./stack-config";

const root = "holdfast:nodePools";

/** The node pools, or undefined where any of them has a mistake. */
export function resolvePools(checker: Checker, value: unknown): Readonly<Record<string, NodePoolConfig>> | undefined {
  const before = checker.mistakes.length;
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
    const pool = resolvePool(checker, keyPath(root, [name]), entry.ok ? entry.value : entry.sound);
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
  return Object.fromEntries(pools);
}

/** A pool with its defaults. Of one with mistakes, what is sound is still compared; what is missing is said already. */
function resolvePool(checker: Checker, path: string, input: Partial<NodePoolInput>): NodePoolConfig | undefined {
  const { plan, autoscaling } = input;
  const count = input.count ?? autoscaling?.min;
  if (autoscaling !== undefined && count !== undefined && (count < autoscaling.min || count > autoscaling.max)) {
    checker.add(`${path}.count`, `${count}`, `Autoscaling keeps it from ${autoscaling.min} to ${autoscaling.max}.`);
  }
  if (plan === undefined) return undefined;
  const gpus = linodePlans[plan]?.gpus ?? 0;
  const purpose = input.purpose ?? (gpus > 0 ? "inference" : "general");
  if (purpose === "inference" && gpus === 0) {
    checker.add(`${path}.purpose`, purpose, `${plan} has no GPU. Take a g3-gpu or g2-gpu plan, or purpose general.`);
  }
  if (purpose === "general" && gpus > 0) {
    checker.add(`${path}.purpose`, purpose, `${plan} has GPUs, which general work would occupy: purpose inference.`);
  }
  if (count === undefined) {
    const help = "Required: nodes at the start; or autoscaling, which starts with its minimum.";
    checker.add(`${path}.count`, "missing", help);
    return undefined;
  }
  return { plan, count, autoscaling, purpose, diskGiB: undefined, spot: false };
}
