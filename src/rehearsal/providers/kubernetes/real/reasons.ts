import { isProperties, type Properties } from "../../values";
import type { ObjectKind } from "../kinds";
import { at, nameOf } from "../object";
import type { Api } from "./api";
import { podTrouble } from "./readiness";

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
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(",");
  const pods = await api.list(`/api/v1/namespaces/${namespace}/pods`, { labelSelector });
  return pods.flatMap((pod) => {
    const trouble = podTrouble(pod);
    return trouble === undefined ? [] : [`pod ${nameOf(pod).name}: ${trouble}`];
  });
};

/** Warnings about the object itself and about what it made, whose names begin with its own. */
const eventReasons = async (api: Api, namespace: string, { kind }: ObjectKind, name: string): Promise<string[]> => {
  const events = await api.list(`/api/v1/namespaces/${namespace}/events`, { fieldSelector: "type=Warning" });
  return events.flatMap((event) => {
    const about = String(at(event, ["involvedObject", "name"]));
    if (about !== name && !about.startsWith(`${name}-`)) return [];
    const what = about === name ? kind : String(at(event, ["involvedObject", "kind"]));
    return [`${what} ${about}: ${String(event.reason)}: ${String(event.message)}`];
  });
};
