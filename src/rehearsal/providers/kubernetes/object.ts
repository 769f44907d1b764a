import type { PropertyPath } from "../property-path";
import { isList, isProperties, mapValues, reveal, textOf, type Properties, type Value } from "../values";

/** The value at a path of an object, if it goes that far. */
export const at = (object: Value | undefined, path: PropertyPath): Value | undefined => {
  let value = object;
  for (const step of path) {
    if (isProperties(value)) value = value[step];
    else if (isList(value) && typeof step === "number") value = value[step];
    else return undefined;
  }
  return value;
};

export const metadataOf = (object: Properties): Properties => {
  const { metadata } = object;
  return isProperties(metadata) ? metadata : {};
};

export const withMetadata = (object: Properties, metadata: Properties): Properties => ({
  ...object,
  metadata: { ...metadataOf(object), ...metadata },
});

export const annotation = (object: Properties, name: string): string | undefined => {
  const value = at(object, ["metadata", "annotations", name]);
  return typeof value === "string" ? value : undefined;
};

/** Namespace and name of an object in a cluster. */
export interface ObjectName {
  readonly namespace: string | undefined;
  readonly name: string;
}

export const nameOf = (object: Properties): ObjectName => {
  const { namespace, name } = metadataOf(object);
  return { namespace: typeof namespace === "string" ? namespace : undefined, name: textOf(name) };
};

/** The resource id that Pulumi keeps: `namespace/name`, or the name of what is in no namespace. */
export const idOf = ({ namespace, name }: ObjectName): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

export const nameOfId = (id: string): ObjectName => {
  const slash = id.indexOf("/");
  return slash < 0 ? { namespace: undefined, name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
};

/** What is sent to a cluster: plain, without nulls, and with the field names that TypeScript cannot write. */
export const manifestOf = (inputs: Properties): Properties => withoutNulls(reveal(inputs)) as Properties;

const withoutNulls = (value: Value): Value => {
  if (isList(value)) return value.map(withoutNulls);
  if (!isProperties(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([name, item]) => [fieldName(name), withoutNulls(item)]));
};

/** The SDK writes x_kubernetes_int_or_string for the schema's x-kubernetes-int-or-string. */
const fieldName = (name: string): string => (name.startsWith("x_kubernetes_") ? name.replaceAll("_", "-") : name);

/** Live fields that say who wrote what: long, and nothing to a program. */
export const withoutManagedFields = (live: Properties): Properties => {
  const metadata = metadataOf(live);
  if (metadata.managedFields === undefined) return live;
  const { managedFields: _managedFields, ...rest } = metadata;
  return { ...live, metadata: mapValues(rest, (value) => value) };
};
