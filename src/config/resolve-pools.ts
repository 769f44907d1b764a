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
    if (entry.ok) pools.push([name, resolvePool(checker, keyPath(root, [name]), entry.value)]);
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

function resolvePool(checker: Checker, path: string, input: NodePoolInput): NodePoolConfig {
  const gpus = linodePlans[input.plan]?.gpus ?? 0;
  const purpose = input.purpose ?? (gpus > 0 ? "inference" : "general");
  if (purpose === "inference" && gpus === 0) {
    checker.add(
      `${path}.purpose`,
      purpose,
      `${input.plan} has no GPU. Take a g3-gpu or g2-gpu plan, or purpose general.`,
    );
  }
  if (purpose === "general" && gpus > 0) {
    checker.add(
      `${path}.purpose`,
      purpose,
      `${input.plan} has GPUs, which general work would occupy: purpose inference.`,
    );
  }
  const { autoscaling } = input;
  const count = input.count ?? autoscaling?.min;
  if (count === undefined) {
    checker.add(
      `${path}.count`,
      "missing",
      "Required: nodes at the start; or autoscaling, which starts with its minimum.",
    );
  }
  if (autoscaling !== undefined && autoscaling.min > autoscaling.max) {
    checker.add(`${path}.autoscaling.min`, `${autoscaling.min}`, `It is above max, which is ${autoscaling.max}.`);
  } else if (autoscaling !== undefined && count !== undefined && (count < autoscaling.min || count > autoscaling.max)) {
    checker.add(`${path}.count`, `${count}`, `Autoscaling keeps it from ${autoscaling.min} to ${autoscaling.max}.`);
  }
  return { plan: input.plan, count: count ?? 1, autoscaling, purpose };
}
