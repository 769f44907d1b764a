import { isMap, type Checker } from "./check-schema";
import { existingCluster, modelStore } from "./schema/existing";
import type { Cloud, ExistingClusterConfig, ModelStoreConfig } from "./stack-config";

const clusterRoot = "holdfast:cluster";

/** How a cluster's credentials get into a stack file. */
export const howToSetKubeconfig = "pulumi config set --secret holdfast:kubeconfig < kubeconfig.yaml";

/** Sections that describe what a cloud makes, and what is said of them where nothing is made. */
const madeElsewhere = {
  region: "It is where it is. Remove the key.",
  network: "It has its network. Remove the key.",
  nodePools: "It has its nodes: say in holdfast:cluster.nodes which of them are this stack's. Remove the key.",
} as const;

/** Keys of a cluster that a cloud makes. */
const madeKeys: Readonly<Record<string, string>> = {
  kubernetesVersion: "npm run preflight looks whether its version will do. Remove the key.",
  highAvailability: "Its control plane is its owner's affair. Remove the key.",
  controlPlaneAcl: "Who may reach its API is its owner's affair. Remove the key.",
  members: "Nobody joins it: each stack on it has a kubeconfig of its own. Remove the key.",
  join: "Nobody joins it: give this stack a kubeconfig of its own. Remove the key.",
};

/** Keys that only a stack on a cluster that is there already has. */
const existingOnly = ["kubeconfig", "modelStore"] as const;

type Section = (name: "region" | "network" | "nodePools" | "kubeconfig" | "modelStore") => unknown;

/** What a stack on no cloud of ours must not say, and the kubeconfig that it must have. */
export function checkExistingSections(checker: Checker, section: Section): void {
  for (const name of ["region", "network", "nodePools"] as const) {
    if (section(name) !== undefined) {
      checker.add(`holdfast:${name}`, "set on existing", `The cluster is there already. ${madeElsewhere[name]}`);
    }
  }
  // What it holds is the callers' affair: they alone know whether it is encrypted.
  if (section("kubeconfig") === undefined) {
    checker.add("holdfast:kubeconfig", "missing", `Required: the way into the cluster. ${howToSetKubeconfig}`);
  }
}

/** What a stack on a cloud must not say. */
export function checkNoExistingSections(checker: Checker, section: Section, cloud: Cloud): void {
  for (const name of existingOnly) {
    if (section(name) === undefined) continue;
    checker.add(`holdfast:${name}`, `set on ${cloud}`, "Only stacks on existing have it. Remove it here.");
  }
}

/** The cluster section, or undefined where it has mistakes. */
export function resolveExistingCluster(checker: Checker, value: unknown): ExistingClusterConfig | undefined {
  const made = isMap(value) ? Object.keys(value).filter((key) => Object.hasOwn(madeKeys, key)) : [];
  for (const key of made) {
    checker.add(`${clusterRoot}.${key}`, "set on existing", `The cluster is there already. ${madeKeys[key] ?? ""}`);
  }
  // Those are said already, and better than as keys that nobody knows.
  const rest = isMap(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !made.includes(key))) : value;
  const checked = checker.check(existingCluster, rest, clusterRoot);
  if (!checked.ok) return undefined;
  const { context, storageClasses, nodes, networkPolicyEnforcer } = checked.value;
  const { labels = {}, ...capacity } = nodes.inference ?? { gpus: 0, vcpus: 0, memoryGiB: 0 };
  return {
    kind: "existing",
    context,
    storageClasses,
    nodes: { general: nodes.general.labels, inference: labels },
    inferenceCapacity: capacity,
    networkPolicyEnforcer,
  };
}

/** The bucket for models; undefined where it has mistakes, or where none is needed and none is named. */
export function resolveModelStore(
  checker: Checker,
  value: unknown,
  inferenceIsOn: boolean,
): ModelStoreConfig | undefined {
  if (value === undefined) {
    if (inferenceIsOn) {
      const help =
        "Required, because an inference service is on: endpoint and bucket of an S3-compatible store, its key in " +
        "holdfast:secrets.model-store.";
      checker.add("holdfast:modelStore", "missing", help);
    }
    return undefined;
  }
  const checked = checker.check(modelStore, value, "holdfast:modelStore");
  return checked.ok ? { ...checked.value, region: checked.value.region } : undefined;
}
