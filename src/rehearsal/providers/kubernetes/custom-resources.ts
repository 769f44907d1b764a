import type { HostedDefinition } from "../../cluster-host";
import { messageOf } from "../errors";
import type { CheckFailure } from "../stand-in";
import { isList, isProperties, textOf, type Properties, type Value } from "../values";
import { at } from "./object";

/** What is known of a custom resource whose definition no program here makes: it comes with an operator. */
interface CustomResource extends HostedDefinition {
  /** A typed model that finds missing and mistyped fields. */
  readonly load: () => Promise<Model>;
}

type Model = new (object: object) => { validate(): void };

/** A new one is an entry here. */
const entries: readonly CustomResource[] = [
  {
    group: "monitoring.coreos.com",
    version: "v1",
    kind: "ServiceMonitor",
    plural: "servicemonitors",
    scope: "Namespaced",
    load: async () =>
      (await import("@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor"))
        .ServiceMonitor as Model,
  },
];

const known: ReadonlyMap<string, CustomResource> = new Map(
  entries.map((entry) => [`${entry.group}/${entry.version} ${entry.kind}`, entry]),
);

/** By `apiVersion kind`. */
export const knownCustomResources: readonly string[] = [...known.keys()];

/** The same, as a real control plane has to be taught them. */
export const customResourceDefinitions = entries.map(({ group, version, kind, plural, scope }) => ({
  group,
  version,
  kind,
  plural,
  scope,
}));

/** Whether its objects live in a namespace; undefined for kinds that are not known here. */
export const isNamespacedCustomResource = (apiVersion: string, kind: string): boolean | undefined => {
  const entry = known.get(`${apiVersion} ${kind}`);
  return entry === undefined ? undefined : entry.scope === "Namespaced";
};

/** What the kind's model says of the object; nothing for kinds without one. The object is without unknowns. */
export const checkCustomResource = async (
  apiVersion: string,
  kind: string,
  object: Properties,
): Promise<CheckFailure[]> => {
  const entry = known.get(`${apiVersion} ${kind}`);
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
      `${textOf(group)}/${textOf(name)} ${textOf(kind)}`,
      namespaced,
    ]),
  );
};
