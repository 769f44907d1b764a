import { isMap as isYamlMap, parseDocument } from "yaml";

import { planCatalogues } from "../../components/node-pools/catalogues";
import { isMap } from "./check-schema";
import { defaultKubernetesVersion } from "./kubernetes-versions";
import { planOf } from "./plans";
import { regions } from "./regions";
import { onExisting, fromExisting } from "./other-existing";
import { clouds, type Cloud, type StackCloud } from "./stack-config";

type Sections = Readonly<Record<string, unknown>>;

/**
 * The same environment on another cloud: that cloud's default region, Kubernetes version and plans, as many nodes as before.
 * A stack that joins a cluster goes on joining it, services stay as they are, and settings that the other cloud doesn't
 * have are left out. What is wrong with the sections stays wrong: they are not checked here.
 *
 * Sizes follow the environment through its pools: for each pool of general work nodes of 8 vCPUs and 32 GiB, for each with
 * GPUs the cloud's nearest to an RTX PRO 6000.
 *
 * @param sections what the stack file says, by key, without the `holdfast:` prefix
 * @returns the same sections, where the stack is on that cloud already
 */
export function onOtherCloud(sections: Sections, cloud: StackCloud): Sections {
  if (sections["cloud"] === cloud) return sections;
  if (cloud === "existing") return onExisting(sections);
  const before = sections["cloud"] === "existing" ? fromExisting(sections, cloud) : sections;
  const { cluster, nodePools, replicaRegion: _ofThisCloud, ...rest } = before;
  return {
    ...rest,
    cloud,
    region: regions[cloud].default,
    ...(cluster !== undefined && { cluster: otherCluster(cluster, cloud) }),
    ...(isMap(nodePools) && {
      nodePools: Object.fromEntries(Object.entries(nodePools).map(([name, pool]) => [name, otherPool(pool, cloud)])),
    }),
  };
}

/**
 * A stack file's text with its cloud changed, comments and all that isn't ours left as they are; but not Linode's token,
 * which no other cloud has a use for.
 * @throws Error where the text is not YAML: check it first, with `parseStackFile`
 */
export function stackFileOnOtherCloud(text: string, cloud: StackCloud): string {
  const document = parseDocument(text, { merge: true });
  if (document.errors.length > 0) throw new Error(`not a stack file: ${document.errors[0]?.message ?? ""}`);
  const config: unknown = document.get("config");
  if (!isYamlMap(config)) throw new Error("not a stack file: it has no map config:.");
  const before = sectionsOf(document.toJS() as unknown);
  const after = onOtherCloud(before, cloud);
  for (const [name, value] of Object.entries(after)) {
    if (value !== before[name]) document.setIn(["config", `holdfast:${name}`], document.createNode(value));
  }
  for (const name of Object.keys(before)) if (!(name in after)) document.deleteIn(["config", `holdfast:${name}`]);
  if (cloud !== "linode") document.deleteIn(["config", "linode:token"]);
  return document.toString();
}

function sectionsOf(file: unknown): Sections {
  const config = isMap(file) && isMap(file["config"]) ? file["config"] : {};
  const ours = Object.entries(config).filter(([key]) => key.startsWith("holdfast:"));
  return Object.fromEntries(ours.map(([key, value]) => [key.slice("holdfast:".length), value]));
}

function otherCluster(cluster: unknown, cloud: Cloud): unknown {
  if (!isMap(cluster) || "join" in cluster) return cluster;
  const acl = cluster["controlPlaneAcl"];
  return {
    ...cluster,
    kubernetesVersion: defaultKubernetesVersion,
    ...(isMap(acl) && { controlPlaneAcl: cloud === "linode" ? acl : withoutIpv6(acl) }),
  };
}

/** EKS and AKS take IPv4 ranges only. */
function withoutIpv6(acl: Sections): Sections {
  return Object.fromEntries(Object.entries(acl).filter(([family]) => family !== "ipv6"));
}

function otherPool(pool: unknown, cloud: Cloud): unknown {
  if (!isMap(pool)) return pool;
  const { gpuExample, generalExample, hasDiskAndSpot } = planCatalogues[cloud];
  const { diskGiB, spot, ...rest } = pool;
  const hasGpus = pool["purpose"] === "inference" || (planOf(String(pool["plan"]), clouds)?.gpus ?? 0) > 0;
  return {
    ...rest,
    plan: hasGpus ? gpuExample : generalExample,
    ...(hasDiskAndSpot && diskGiB !== undefined && { diskGiB }),
    ...(hasDiskAndSpot && spot !== undefined && { spot }),
  };
}
