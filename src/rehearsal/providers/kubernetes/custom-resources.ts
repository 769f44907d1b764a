import type { CheckFailure } from "../stand-in";
import { isList, isProperties, type Properties, type Value } from "../values";
import { messageOf } from "../errors";
import { at } from "./object";

/** What is known of a custom resource whose definition no program here makes: it comes with an operator. */
interface CustomResource {
  readonly namespaced: boolean;
  /** A typed model that finds missing and mistyped fields. */
  readonly load: () => Promise<Model>;
}

type Model = new (object: object) => { validate(): void };

/** By `apiVersion kind`. A new one is an entry here. */
const known: Readonly<Record<string, CustomResource>> = {
  "monitoring.coreos.com/v1 ServiceMonitor": {
    namespaced: true,
    load: async () =>
      (await import("@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor")).ServiceMonitor as Model,
  },
};

export const knownCustomResources: readonly string[] = Object.keys(known);

/** Whether its objects live in a namespace; undefined for kinds that are not known here. */
export const isNamespacedCustomResource = (apiVersion: string, kind: string): boolean | undefined =>
  known[`${apiVersion} ${kind}`]?.namespaced;

/** What the kind's model says of the object; nothing for kinds without one. The object is without unknowns. */
export const checkCustomResource = async (apiVersion: string, kind: string, object: Properties): Promise<CheckFailure[]> => {
  const entry = known[`${apiVersion} ${kind}`];
  if (entry === undefined) return [];
  const model = await entry.load();
  try {
    new model(object).validate();
    return [];
  } catch (error) {
    return [{ path: ["spec"], reason: messageOf(error).replace(/^data\//, "") }];
  }
};

/** The `apiVersion kind` pairs that a CustomResourceDefinition brings, each with whether it is namespaced. */
export const definedKinds = (definition: Properties): ReadonlyMap<string, boolean> => {
  const group = at(definition, ["spec", "group"]);
  const kind = at(definition, ["spec", "names", "kind"]);
  const versions: Value | undefined = at(definition, ["spec", "versions"]);
  const namespaced = at(definition, ["spec", "scope"]) === "Namespaced";
  return new Map(
    (isList(versions) ? versions.filter(isProperties) : []).map(({ name }) => [
      `${String(group)}/${String(name)} ${String(kind)}`,
      namespaced,
    ]),
  );
};
