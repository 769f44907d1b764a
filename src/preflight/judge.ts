import { apps as knownApps } from "../apps";
import { kubernetesVersions } from "../config/kubernetes-versions";
import type { ExistingStackConfig } from "../config/stack-config";
import { neededDefinitions } from "./definitions";
import { enforcerIn, knownEnforcers } from "./enforcers";
import type { ClusterFacts, NodeFacts } from "./facts";
import { byResource } from "./permissions";

/** One thing that was looked at. */
export interface Finding {
  /** `missing` stops the stack. */
  readonly verdict: "fine" | "doubtful" | "missing";
  /** What was looked at. */
  readonly what: string;
  readonly found: string;
  /** What is wanted, and the likely fix; empty where all is well. */
  readonly help: string;
}

type Judge = (config: ExistingStackConfig, facts: ClusterFacts) => readonly Finding[];

const fine = (what: string, found: string): Finding => ({ verdict: "fine", what, found, help: "" });
const missing = (what: string, found: string, help: string): Finding => ({ verdict: "missing", what, found, help });
const doubtful = (what: string, found: string, help: string): Finding => ({ verdict: "doubtful", what, found, help });

const unseen = (what: string, resource: string): Finding =>
  missing(what, "not permitted to look", `Let the kubeconfig's user get and list ${resource}, in the whole cluster.`);

/** Minor versions that the clouds offer: what the platform is rehearsed and checked with. */
const minors = Object.values(kubernetesVersions)
  .flatMap(({ offered }) => offered)
  .map((version) => Number(version.split(".")[1]));
export const supportedMinors = { oldest: Math.min(...minors), newest: Math.max(...minors) } as const;

const version: Judge = (_config, { version: found }) => {
  const what = "Kubernetes version";
  const { oldest, newest } = supportedMinors;
  const range = `1.${oldest} to 1.${newest}`;
  const minor = Number(/^v?1\.(\d+)/.exec(found)?.[1] ?? NaN);
  if (Number.isNaN(minor)) return [doubtful(what, found.slice(0, 60), `Not a version that is known. Wanted ${range}.`)];
  if (minor < oldest) return [missing(what, found, `Wanted ${range}. Upgrade the cluster.`)];
  if (minor > newest) return [doubtful(what, found, `Newer than what the platform is tried with: ${range}.`)];
  return [fine(what, found)];
};

const storageClasses: Judge = ({ cluster }, { storageClasses: classes }) => {
  if (classes === "not permitted") return [unseen("StorageClasses", "storageclasses.storage.k8s.io")];
  const names = [...new Set(Object.values(cluster.storageClasses))];
  return names.flatMap((name): Finding[] => {
    const what = `StorageClass ${name}`;
    const one = classes.find((found) => found.name === name);
    if (one === undefined) {
      const known = classes.map((found) => found.name).join(", ") || "none";
      return [
        missing(what, "no such class", `Name one of the cluster's in holdfast:cluster.storageClasses: ${known}.`),
      ];
    }
    const { bindingMode, expandable, reclaimPolicy } = one;
    const doubts = [
      ...(bindingMode === "WaitForFirstConsumer"
        ? []
        : [
            doubtful(
              what,
              `binds ${bindingMode}`,
              "A volume may lie in a zone where its pod can't run: WaitForFirstConsumer.",
            ),
          ]),
      ...(expandable
        ? []
        : [doubtful(what, "not expandable", "A volume that is full can't grow: allowVolumeExpansion: true.")]),
      ...(name === cluster.storageClasses.retain && reclaimPolicy !== "Retain"
        ? [doubtful(what, `reclaims: ${reclaimPolicy}`, "Data goes with its claim: reclaimPolicy: Retain.")]
        : []),
    ];
    return doubts.length > 0 ? doubts : [fine(what, "there")];
  });
};

const networkPolicies: Judge = ({ cluster }, facts) => {
  const what = "network policies";
  const word = cluster.networkPolicyEnforcer;
  if (facts.daemonSets === "not permitted" && word === undefined) return [unseen(what, "daemonsets.apps")];
  const found = enforcerIn(facts);
  if (found?.certain === true) return [fine(what, `enforced by ${found.by}`)];
  if (word !== undefined) {
    return [
      doubtful(what, `enforced by ${word}, as the stack file says`, "Nothing here shows it: try a refused call."),
    ];
  }
  if (found !== undefined) {
    const help =
      "No server's node carries k3s.io/node-args, so --disable-network-policy may be set, and every policy void. Try a " +
      "refused call, or say in holdfast:cluster.networkPolicyEnforcer what does it.";
    return [doubtful(what, `enforced by ${found.by}, unless it is switched off`, help)];
  }
  const help =
    `Without one every pod can reach every other, whatever the policies say. Known: ${knownEnforcers.join(", ")}. ` +
    "Install one, start K3s without --disable-network-policy, or say in holdfast:cluster.networkPolicyEnforcer what does it.";
  return [missing(what, "nothing known that enforces them", help)];
};

const matches = ({ labels }: NodeFacts, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

const selector = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",") || "any label";

/**
 * No node with the labels stops the stack: once its services run there are some, so this is met before the first `up`, where
 * the labels are far likelier mistyped than all nodes away, and every pod would wait for ever. Nodes that are there and take
 * no pods just now (cordoned, not ready) are the owner's passing business, and stop nothing.
 */
const generalNodes = (labels: Readonly<Record<string, string>>, all: readonly NodeFacts[]): Finding => {
  const what = "nodes for general work";
  const there = all.filter((node) => matches(node, labels));
  const open = there.filter(({ takesPods }) => takesPods).length;
  if (open > 0) return fine(what, `${open} of ${all.length}`);
  if (there.length > 0) {
    return doubtful(what, `${there.length}, and none takes pods`, "Not ready or cordoned: new pods wait for one.");
  }
  return missing(what, "none", `Wanted one with ${selector(labels)}, at least: holdfast:cluster.nodes.general.`);
};

/**
 * Too few GPUs stop nothing: the owner's autoscaler may add nodes only for pods that wait, and a node or its device plugin
 * may be restarting. That the services ask for no more than they may have, by the stack file, is seen when it is read.
 */
const nodes: Judge = ({ cluster, apps }, { nodes: all }) => {
  if (all === "not permitted") return [unseen("nodes", "nodes")];
  const { general, inference } = cluster.nodes;
  const findings = [generalNodes(general, all)];
  const wanted = Object.entries(apps).reduce((sum, [name, { replicas }]) => {
    const spec = Object.hasOwn(knownApps, name) ? knownApps[name] : undefined;
    return sum + replicas.min * (spec?.resources.gpus ?? 0);
  }, 0);
  if (wanted === 0) return findings;
  const gpus = all
    .filter((node) => node.takesPods && matches(node, inference))
    .reduce((sum, node) => sum + node.gpus, 0);
  const help =
    `Until there are more, pods wait: the services need ${wanted} nvidia.com/gpu on nodes with ${selector(inference)}. ` +
    "Add nodes where no autoscaler does, see that NVIDIA's device plugin runs on them, or ask for fewer replicas.";
  const found = `${gpus}, ${wanted} needed`;
  return [...findings, gpus >= wanted ? fine("GPUs", found) : doubtful("GPUs", found, help)];
};

const definitions: Judge = (_config, { definitions: served }) =>
  neededDefinitions.map(({ plural, group, version: wanted }) => {
    const what = `${plural}.${group}`;
    if (served === "not permitted") return unseen(what, "customresourcedefinitions.apiextensions.k8s.io");
    if (served.includes(`${what}/${wanted}`)) return fine(what, `served as ${wanted}`);
    return missing(
      what,
      "no such resource",
      "Install the Prometheus Operator's definitions: services say there how they are measured.",
    );
  });

const escalation = ["escalate", "bind"];

const permissions: Judge = (_config, { refused }) => {
  const beyond = refused.filter(({ verb }) => escalation.includes(verb));
  const findings = byResource(refused.filter((one) => !beyond.includes(one))).map(([resource, verbs]) =>
    missing(
      `permission: ${resource}`,
      `may not ${verbs.join(", ")}`,
      "Grant it to the kubeconfig's user by a ClusterRole.",
    ),
  );
  if (beyond.length > 0) {
    const help = "Then it must itself hold all that the namespaces' roles grant, or they are refused.";
    findings.push(doubtful("permission: roles", `may not ${beyond.map(({ verb }) => verb).join(", ")}`, help));
  }
  return findings.length > 0 ? findings : [fine("permissions", "all that is needed")];
};

const judges: readonly Judge[] = [version, storageClasses, networkPolicies, nodes, definitions, permissions];

/** Everything that a stack needs of a cluster, against what the cluster has. */
export const judge: Judge = (config, facts) => judges.flatMap((one) => one(config, facts));
