import { Checker, isMap } from "./check-schema";
import { firstByPath, keyPath, suggest, type Mistake } from "./mistake";
import { gpuExamples } from "./plans";
import { inferenceCapacity, type InferenceCapacity } from "./quotas";
import { judgeRegion } from "./regions";
import { hasInference, resolveApps } from "./resolve-apps";
import { resolveCluster } from "./resolve-cluster";
import {
  checkExistingSections,
  checkNoExistingSections,
  resolveExistingCluster,
  resolveModelStore,
} from "./resolve-existing";
import { checkNamespaces, resolveNamespaces } from "./resolve-namespaces";
import { resolveNetwork } from "./resolve-network";
import { resolvePools } from "./resolve-pools";
import { checkNoReplicaRegion, resolveReplicaRegion } from "./resolve-replica-region";
import { domains } from "./schema/domains";
import { cloud, region, tier } from "./schema/placement";
import { label } from "./schema/words";
import { clouds, environmentTiers } from "./stack-config";
import type { Cloud, CloudStackConfig, EnvironmentTier, ExistingStackConfig, StackConfig } from "./stack-config";

/** The keys below `holdfast:`, as `pulumi config` knows them. */
export const sectionNames = [
  "cloud",
  "region",
  "replicaRegion",
  "tier",
  "network",
  "cluster",
  "nodePools",
  "namespaces",
  "domains",
  "apps",
  "secrets",
  "kubeconfig",
  "modelStore",
] as const;

export type Resolved =
  | {
      readonly ok: true;
      readonly config: StackConfig;
      /** What may be right, but isn't known to be. */
      readonly warnings: readonly Mistake[];
    }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Turns what a stack says, by section and without the `holdfast:` prefix, into the one object that everything is made
 * from, or into all of its mistakes at once. Secrets are the callers' affair: they alone know which values are encrypted.
 */
export function resolveStack(environment: string, sections: Readonly<Record<string, unknown>>): Resolved {
  const checker = new Checker();
  const section = (name: (typeof sectionNames)[number]) => fromJson(sections[name]);
  checkNames(checker, environment, Object.keys(sections));

  const checkedCloud = checker.check(cloud, section("cloud"), "holdfast:cloud");
  const onCloud = checkedCloud.ok ? checkedCloud.value : undefined;
  const ofTier = resolveTier(checker, environment, section("tier"));
  const place =
    onCloud === "existing"
      ? resolveExistingPlace(checker, section)
      : resolveCloudPlace(checker, section, { environment, tier: ofTier, cloud: onCloud });
  const overrides = checkNamespaces(checker, section("namespaces") ?? {});
  const names = checker.check(domains, section("domains"), "holdfast:domains");
  const apps = resolveApps(checker, section("apps") ?? {}, {
    tier: ofTier,
    baseDomain: names.ok ? names.value.base : undefined,
    gpus: place.inference,
    gpuHelp: place.gpuHelp,
  });
  const largest = place.inference?.largest;
  const namespaces = ofTier && largest && resolveNamespaces(checker, ofTier, largest, overrides, apps);
  const of = place.finish(apps);

  if (of && ofTier && namespaces && names.ok && checker.mistakes.length === 0) {
    return {
      ok: true,
      warnings: checker.warnings,
      config: { environment, tier: ofTier, ...of, namespaces, domains: names.value, apps },
    };
  }
  return { ok: false, mistakes: firstByPath(checker.mistakes) };
}

type Section = (name: (typeof sectionNames)[number]) => unknown;
type Apps = StackConfig["apps"];
type Common = "environment" | "tier" | "namespaces" | "domains" | "apps";

/** Where a stack's cluster is, and what services find there. */
interface Place {
  /** What its GPU nodes have; undefined where that has mistakes. */
  readonly inference: { readonly smallest: InferenceCapacity; readonly largest: InferenceCapacity } | undefined;
  /** Where to say that there are GPUs. */
  readonly gpuHelp: string;
  /** What the stack says of the place; undefined where that has mistakes. */
  readonly finish: (apps: Apps) => Omit<CloudStackConfig, Common> | Omit<ExistingStackConfig, Common> | undefined;
}

function resolveCloudPlace(
  checker: Checker,
  section: Section,
  around: {
    readonly environment: string;
    readonly tier: EnvironmentTier | undefined;
    readonly cloud: Cloud | undefined;
  },
): Place {
  const { environment, tier: ofTier, cloud: onCloud } = around;
  // What is right on no cloud is said even where the cloud is not known.
  const onClouds = onCloud === undefined ? clouds : [onCloud];
  if (onCloud !== undefined) checkNoExistingSections(checker, section, onCloud);
  const inRegion = checker.check(region, section("region"), "holdfast:region");
  if (inRegion.ok) checker.judge("holdfast:region", inRegion.value, judgeRegion(inRegion.value, onClouds));
  const cluster = resolveCluster(checker, section("cluster"), environment, ofTier, onCloud);
  const replicaRegion = resolveReplicaRegion(checker, section("replicaRegion"), {
    ...around,
    region: inRegion.ok ? inRegion.value : undefined,
  });
  const network = resolveNetwork(checker, section("network"), { ...around, cluster });
  const nodePools = resolvePools(checker, section("nodePools"), {
    on: onClouds,
    region: inRegion.ok ? inRegion.value : undefined,
    tier: ofTier,
    cluster,
  });
  const inference = nodePools && {
    smallest: inferenceCapacity(nodePools, "smallest", onClouds),
    largest: inferenceCapacity(nodePools, "largest", onClouds),
  };
  return {
    inference,
    gpuHelp: `Add a pool with GPUs to holdfast:nodePools, as plan: ${gpuExamples(onClouds)}`,
    finish: () =>
      onCloud && inRegion.ok && network && cluster && nodePools
        ? { cloud: onCloud, region: inRegion.value, replicaRegion, network, cluster, nodePools }
        : undefined,
  };
}

function resolveExistingPlace(checker: Checker, section: Section): Place {
  checkExistingSections(checker, section);
  checkNoReplicaRegion(checker, section("replicaRegion"));
  const cluster = resolveExistingCluster(checker, section("cluster"));
  const capacity = cluster?.inferenceCapacity;
  return {
    inference: capacity && { smallest: capacity, largest: capacity },
    gpuHelp: "Say in holdfast:cluster.nodes.inference what GPU nodes there are: gpus, vcpus and memoryGiB together",
    finish: (apps) => {
      const modelStore = resolveModelStore(checker, section("modelStore"), hasInference(apps));
      return cluster && { cloud: "existing", cluster, modelStore };
    },
  };
}

function checkNames(checker: Checker, environment: string, keys: readonly string[]): void {
  const named = label.safeParse(environment);
  if (!named.success) checker.add("stack name", environment, named.error.issues[0]?.message ?? "");
  for (const key of keys) {
    if ((sectionNames as readonly string[]).includes(key)) continue;
    checker.add(keyPath("holdfast:", [key]).replace(":.", ":"), "no such key", suggest(key, sectionNames));
  }
}

function resolveTier(checker: Checker, environment: string, value: unknown): EnvironmentTier | undefined {
  if (value === undefined) {
    const named = environmentTiers.find((name) => name === environment);
    const help = `Required, because the stack's name is not one of them: ${environmentTiers.join(", ")}.`;
    if (named === undefined) checker.add("holdfast:tier", "missing", help);
    return named;
  }
  const checked = checker.check(tier, value, "holdfast:tier");
  if (!checked.ok) return undefined;
  const named = environmentTiers.find((name) => name === environment);
  if (named === undefined || named === checked.value) return checked.value;
  // What guards production goes by the tier, and what people expect of it by the name.
  checker.add(
    "holdfast:tier",
    checked.value,
    `A stack that is called ${named} is of tier ${named}. Leave the key out.`,
  );
  return named;
}

/** `pulumi config set` writes maps as JSON in a string where it is not told `--path`; Pulumi reads both alike. */
function fromJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isMap(parsed) || Array.isArray(parsed) ? parsed : value;
  } catch {
    return value;
  }
}
