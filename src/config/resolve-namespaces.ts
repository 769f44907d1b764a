import type { Checker } from "./check-schema";
import { knownApp } from "./resolve-apps";
import { suggest } from "./mistake";
import { quantity } from "./quantity";
import { quotas, type InferenceCapacity } from "./quotas";
import { namespace, type QuotaInput } from "./schema/namespaces";
import { namespaceTiers } from "./stack-config";
import type { AppConfig, EnvironmentTier, NamespaceConfig, NamespaceTier, QuotaConfig } from "./stack-config";

const root = "holdfast:namespaces";

/** The namespaces' section: quotas by tier, as far as the stack file overrides them. */
export function checkNamespaces(checker: Checker, value: unknown): Partial<Record<NamespaceTier, QuotaInput>> {
  const checked = checker.checkEach(
    {
      of: "tiers",
      schemaOf: (name) => (isTier(name) ? namespace : { found: "no such tier", help: suggest(name, namespaceTiers) }),
    },
    value,
    root,
  );
  const overrides: Partial<Record<NamespaceTier, QuotaInput>> = {};
  for (const [name, entry] of checked) if (isTier(name) && entry.ok) overrides[name] = entry.value.quota;
  return overrides;
}

/** Every tier's namespace, its quota checked for sense and against what the services there need to start. */
export function resolveNamespaces(
  checker: Checker,
  tier: EnvironmentTier,
  inference: InferenceCapacity,
  overrides: Partial<Record<NamespaceTier, QuotaInput>>,
  apps: Readonly<Record<string, AppConfig>>,
): Readonly<Record<NamespaceTier, NamespaceConfig>> {
  const namespaces = quotas(tier, inference, overrides);
  for (const name of namespaceTiers) {
    const { quota } = namespaces[name];
    const path = `${root}.${name}.quota`;
    checkRequestsBelowLimits(checker, path, quota);
    checkServicesFit(checker, path, quota, needOf(name, apps));
  }
  return namespaces;
}

function isTier(name: string): name is NamespaceTier {
  return (namespaceTiers as readonly string[]).includes(name);
}

function checkRequestsBelowLimits(checker: Checker, path: string, quota: QuotaConfig): void {
  for (const [requests, limits] of [
    ["requestsCpu", "limitsCpu"],
    ["requestsMemory", "limitsMemory"],
  ] as const) {
    if ((quantity(quota[requests]) ?? 0) <= (quantity(quota[limits]) ?? 0)) continue;
    checker.add(`${path}.${requests}`, quota[requests], `It is above ${limits}, which is ${quota[limits]}.`);
  }
}

type Need = Readonly<Record<"requestsCpu" | "requestsMemory" | "limitsCpu" | "limitsMemory" | "pods" | "gpus", number>>;

/** What the services of a tier take together at their fewest replicas, in cores, bytes and counts. */
function needOf(tier: NamespaceTier, apps: Readonly<Record<string, AppConfig>>): Need {
  const need = { requestsCpu: 0, requestsMemory: 0, limitsCpu: 0, limitsMemory: 0, pods: 0, gpus: 0 };
  for (const [name, { replicas }] of Object.entries(apps)) {
    const spec = knownApp(name);
    if (spec?.tier !== tier) continue;
    const { requests, limits, gpus } = spec.resources;
    need.requestsCpu += replicas.min * (quantity(requests.cpu) ?? 0);
    need.requestsMemory += replicas.min * (quantity(requests.memory) ?? 0);
    need.limitsCpu += replicas.min * (quantity(limits.cpu) ?? 0);
    need.limitsMemory += replicas.min * (quantity(limits.memory) ?? 0);
    need.pods += replicas.min;
    need.gpus += replicas.min * gpus;
  }
  return need;
}

function checkServicesFit(checker: Checker, path: string, quota: QuotaConfig, need: Need): void {
  for (const key of ["requestsCpu", "requestsMemory", "limitsCpu", "limitsMemory", "pods", "gpus"] as const) {
    const ceiling = typeof quota[key] === "number" ? quota[key] : (quantity(quota[key]) ?? 0);
    if (need[key] <= ceiling) continue;
    const amount = key.endsWith("Memory")
      ? `${Math.ceil(need[key] / 2 ** 30)}Gi`
      : `${Math.round(need[key] * 1000) / 1000}`;
    checker.add(`${path}.${key}`, `${quota[key]}`, `The services there need ${amount} at their fewest replicas.`);
  }
}
