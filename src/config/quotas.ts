import { planOf } from "./plans";
import type { QuotaInput } from "./schema/namespaces";
import { namespaceTiers } from "./stack-config";
import type {
  Cloud,
  EnvironmentTier,
  NamespaceConfig,
  NamespaceTier,
  NodePoolConfig,
  QuotaConfig,
} from "./stack-config";

/** Development tries out, production carries the load: staging has the platform's base figures, the others half and double. */
const scale: Readonly<Record<EnvironmentTier, number>> = { development: 0.5, staging: 1, production: 2 };

/** What the inference pools add to the namespace that inference runs in, at their largest. */
export interface InferenceCapacity {
  readonly gpus: number;
  readonly vcpus: number;
  readonly memoryGiB: number;
}

/** What the inference pools have on a cloud, with all nodes that their autoscaler may add (`largest`) or with those that stay. */
export function inferenceCapacity(
  pools: Readonly<Record<string, NodePoolConfig>>,
  size: "smallest" | "largest",
  on: readonly Cloud[],
): InferenceCapacity {
  let [gpus, vcpus, memoryGiB] = [0, 0, 0];
  for (const pool of Object.values(pools)) {
    const plan = planOf(pool.plan, on);
    if (pool.purpose !== "inference" || plan === undefined) continue;
    const nodes = (size === "largest" ? pool.autoscaling?.max : pool.autoscaling?.min) ?? pool.count;
    gpus += nodes * plan.gpus;
    vcpus += nodes * plan.vcpus;
    memoryGiB += nodes * plan.memoryGiB;
  }
  return { gpus, vcpus, memoryGiB };
}

/**
 * The ceilings of every tier's namespace. Inference runs in `services`, on nodes that take nothing else: what those nodes
 * have comes on top there, so that a larger model is a matter of node pools alone.
 */
export function quotas(
  tier: EnvironmentTier,
  inference: InferenceCapacity,
  overrides: Readonly<Partial<Record<NamespaceTier, QuotaInput>>>,
): Readonly<Record<NamespaceTier, NamespaceConfig>> {
  const none: InferenceCapacity = { gpus: 0, vcpus: 0, memoryGiB: 0 };
  const entries = namespaceTiers.map((name): [NamespaceTier, NamespaceConfig] => {
    const base = baseQuota(scale[tier], name === "services" ? inference : none);
    return [name, { quota: { ...base, ...set(overrides[name] ?? {}) } }];
  });
  // Each tier is there: the entries come from the list that the type is made of.
  return Object.fromEntries(entries) as Record<NamespaceTier, NamespaceConfig>;
}

function baseQuota(factor: number, inference: InferenceCapacity): QuotaConfig {
  return {
    requestsCpu: `${50 * factor + inference.vcpus}`,
    requestsMemory: `${100 * factor + inference.memoryGiB}Gi`,
    limitsCpu: `${100 * factor + inference.vcpus}`,
    limitsMemory: `${200 * factor + inference.memoryGiB}Gi`,
    persistentVolumeClaims: 20 * factor,
    services: 20 * factor,
    secrets: 50 * factor,
    configMaps: 50 * factor,
    pods: 100 * factor,
    gpus: inference.gpus,
  };
}

type Set<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that are there with no value: spread over defaults, they would undo them. */
function set<T extends object>(values: T): Set<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Set<T>;
}
