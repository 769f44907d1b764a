import { createHash } from "node:crypto";

import { planCatalogues } from "../../../../components/node-pools/catalogues";
import type { HostedNode, HostedPool } from "../../cluster-host";
import { didYouMean } from "../nearest-name";
import type { CheckFailure } from "../stand-in";
import { isList, isProperties, textOf, unknown, type Properties } from "../values";
import { AzureApiError } from "./api-error";

const catalogue = planCatalogues.azure;
const { plans } = catalogue;

/** Nodes that one pool may have. @see https://learn.microsoft.com/azure/aks/quotas-skus-regions */
const maxNodes = 1000;

/** What AKS refuses in how a pool is given. */
export const poolFailures = (pool: Properties, name: string): CheckFailure[] => {
  const failures: CheckFailure[] = [];
  const { count, minCount, maxCount, enableAutoScaling } = pool;
  const given = pool[name];
  if (typeof given === "string" && given !== unknown && !/^[a-z][a-z0-9]{0,11}$/.test(given)) {
    failures.push({
      path: [name],
      reason: `found ${JSON.stringify(given)}, wanted at most 12 of a-z and 0-9, a letter first`,
    });
  }
  if (enableAutoScaling === true) {
    const bounds = [minCount, maxCount].every((bound) => typeof bound === "number");
    if (!bounds) failures.push({ path: ["minCount"], reason: "an autoscaler wants minCount and maxCount" });
    else if (Number(minCount) > Number(maxCount)) {
      failures.push({ path: ["minCount"], reason: `found ${textOf(minCount)} above maxCount ${textOf(maxCount)}` });
    }
  } else if ((minCount ?? maxCount ?? null) !== null) {
    failures.push({ path: ["minCount"], reason: "minCount and maxCount are for pools with enableAutoScaling" });
  }
  // https://learn.microsoft.com/azure/aks/use-system-pools
  const least = pool.mode === "System" ? 1 : 0;
  for (const [key, value] of Object.entries({ count, minCount })) {
    if (typeof value === "number" && value < least) {
      failures.push({
        path: [key],
        reason: `found ${value}, allowed: at least ${least} in mode ${textOf(pool.mode ?? "User")}`,
      });
    }
  }
  for (const [key, value] of Object.entries({ count, maxCount })) {
    if (typeof value === "number" && value > maxNodes) {
      failures.push({ path: [key], reason: `found ${value}, allowed: at most ${maxNodes} nodes` });
    }
  }
  return failures;
};

/** Which size the pool's nodes have. @throws AzureApiError where AKS can't run it */
export const sizeOf = ({ vmSize }: Properties): string => {
  const size = textOf(vmSize ?? "Standard_D4s_v5");
  if (size in plans) return size;
  const reason =
    catalogue.unsupported(size) ?? `${size} is no size that AKS runs.${didYouMean(size, Object.keys(plans))}`;
  throw new AzureApiError("BadRequest", `vmSize: ${reason}`);
};

/** The pool with its nodes, spread over its zones in turn, and what its autoscaler may add. */
export const hostedPool = (clusterId: string, name: string, region: string, pool: Properties): HostedPool => {
  const scaling = pool.enableAutoScaling === true;
  const [min, max] = [Number(pool.minCount ?? 0), Number(pool.maxCount ?? 0)];
  const asked = Number(pool.count ?? (scaling ? min : 1));
  const count = scaling ? Math.min(Math.max(asked, min), max) : asked;
  const node = nodeMaker(clusterId, name, region, pool);
  return {
    clusterId,
    poolId: name,
    nodes: Array.from({ length: count }, (_, index) => node(index)),
    ...(scaling && max > count && { growth: { max, node: node(count), zones: zonesOf(region, pool) } }),
  };
};

/** Zones by the names that nodes have them by; none where the pool has its nodes anywhere. */
const zonesOf = (region: string, { availabilityZones }: Properties): readonly string[] =>
  isList(availabilityZones) ? availabilityZones.map((zone) => `${region}-${textOf(zone)}`) : [];

const nodeMaker = (
  clusterId: string,
  pool: string,
  region: string,
  args: Properties,
): ((index: number) => HostedNode) => {
  const size = sizeOf(args);
  const plan = plans[size];
  if (plan === undefined) throw new Error(`${size}: not in the catalogue`);
  const { capacity, allocatable } = catalogue.nodeResources(plan);
  const zones = zonesOf(region, args);
  const digits = Number.parseInt(createHash("sha256").update(`${clusterId} ${pool}`).digest("hex").slice(0, 7), 16);
  const set = `aks-${pool}-${String(digits).padStart(8, "0").slice(0, 8)}-vmss`;
  const spot = args.scaleSetPriority === "Spot";
  const taints = (isList(args.nodeTaints) ? args.nodeTaints : []).map((taint) => taintOf(textOf(taint)));
  return (index) => {
    const name = `${set}${index.toString(36).padStart(6, "0")}`;
    // A pool without zones has its nodes anywhere; the zone's label is then the number of its fault domain.
    const zone = zones[index % zones.length] ?? "0";
    return {
      name,
      labels: {
        ...(isProperties(args.nodeLabels) ? (args.nodeLabels as Readonly<Record<string, string>>) : {}),
        ...(spot && { "kubernetes.azure.com/scalesetpriority": "spot" }),
        "kubernetes.azure.com/agentpool": pool,
        "kubernetes.azure.com/mode": textOf(args.mode ?? "User").toLowerCase(),
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": size,
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": zone,
      },
      // https://learn.microsoft.com/azure/aks/spot-node-pool
      taints: spot ? [...taints, taintOf("kubernetes.azure.com/scalesetpriority=spot:NoSchedule")] : taints,
      capacity,
      allocatable,
    };
  };
};

/** `key=value:effect`, as AKS takes it. @throws AzureApiError */
const taintOf = (taint: string): HostedNode["taints"][number] => {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(taint) ?? [];
  if (key !== undefined && effect !== undefined) return { key, value: value ?? "", effect };
  throw new AzureApiError(
    "InvalidParameter",
    `nodeTaints: found ${taint}, wanted key=value:NoSchedule or another effect.`,
  );
};
