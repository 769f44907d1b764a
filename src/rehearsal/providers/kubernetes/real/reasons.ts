import { isProperties, textOf, type Properties } from "../../values";
import type { ObjectKind } from "../kinds";
import { annotation, at, metadataOf, nameOf } from "../object";
import type { Api } from "./api";
import { conditionOf, observed, podTrouble } from "./readiness";

/** Reasons are for reading: the first few say it, the other pods' are the same. */
const maxReasons = 5;

/** Why an object is not ready, as its pods and its namespace's events tell it. */
export const reasonsFor = async (api: Api, kind: ObjectKind, live: Properties): Promise<string[]> => {
  const { namespace, name } = nameOf(live);
  if (namespace === undefined) return [];
  const found = [...(await podReasons(api, namespace, live)), ...(await eventReasons(api, namespace, kind, name))];
  return [...new Set(found)].slice(0, maxReasons);
};

const podReasons = async (api: Api, namespace: string, live: Properties): Promise<string[]> => {
  const labels = at(live, ["spec", "selector", "matchLabels"]);
  if (!isProperties(labels)) return [];
  const labelSelector = Object.entries(labels)
    .map(([key, value]) => `${key}=${textOf(value)}`)
    .join(",");
  const pods = await api.list(`/api/v1/namespaces/${namespace}/pods`, { labelSelector });
  return pods.flatMap((pod) => {
    const trouble = podTrouble(pod);
    return trouble === undefined ? [] : [`pod ${nameOf(pod).name}: ${trouble}`];
  });
};

/** Warnings about the object itself and about what it made, whose names begin with its own; one of a kind each. */
const eventReasons = async (api: Api, namespace: string, { kind }: ObjectKind, name: string): Promise<string[]> => {
  const events = await api.list(`/api/v1/namespaces/${namespace}/events`, { fieldSelector: "type=Warning" });
  const latest = new Map<string, string>();
  for (const event of events) {
    const about = textOf(at(event, ["involvedObject", "name"]));
    if (about !== name && !about.startsWith(`${name}-`)) continue;
    const what = about === name ? kind : textOf(at(event, ["involvedObject", "kind"]));
    const subject = `${what} ${about}: ${textOf(event.reason)}`;
    latest.set(subject, `${subject}: ${textOf(event.message)}`);
  }
  return [...latest.values()];
};

/**
 * Why the pods of a deployment's newest version will never be admitted; undefined where they may be. The deployment's own
 * condition doesn't tell which version it is about: it speaks of the old one's refusal until that one is gone.
 */
export const refusalOf = async (api: Api, live: Properties): Promise<string | undefined> => {
  if (!observed(live) || conditionOf(live, "ReplicaFailure")?.status !== "True") return undefined;
  const { namespace } = nameOf(live);
  const { uid } = metadataOf(live);
  const sets = await api.list(`/apis/apps/v1/namespaces/${String(namespace)}/replicasets`, {});
  const newest = sets.find(
    (set) =>
      at(set, ["metadata", "ownerReferences", 0, "uid"]) === uid &&
      annotation(set, revision) === annotation(live, revision),
  );
  const refusal = newest === undefined ? undefined : conditionOf(newest, "ReplicaFailure");
  const message = textOf(refusal?.message);
  return refusal?.status === "True" && message.includes("violates PodSecurity") ? message : undefined;
};

/** By which a deployment and its newest replica set know each other. */
const revision = "deployment.kubernetes.io/revision";
