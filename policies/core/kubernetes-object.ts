import { Field } from "./field";
import { podOf, type Pod } from "./pod";

/** A resource as the engine shows it to the pack: its raw properties, unknown values in place. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The provider's own properties, where it is an explicit one. */
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** One object of the Kubernetes API, alone or out of a list. */
export interface KubernetesObject {
  readonly kind: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly root: Field;
  readonly metadata: Field;
  readonly pod: Pod | undefined;
  readonly resource: Resource;
}

const typeToken = /^kubernetes:([^/:]+)(?:\/[^:]+)?:(\w+)$/;

/** The Kubernetes objects that a resource stands for: none, one, or those of a list. */
export const objectsOf = (resource: Resource): readonly KubernetesObject[] => {
  const [, group, kind] = typeToken.exec(resource.type) ?? [];
  if (group === undefined || kind === undefined) return [];
  const root = Field.root(resource.props);
  if (!kind.endsWith("List")) return [objectOf(resource, group, kind, root)];
  return root
    .get("items")
    .items()
    .map((item) => objectOf(resource, itemGroup(item) ?? group, itemKind(item) ?? kind.slice(0, -"List".length), item));
};

const objectOf = (resource: Resource, typeGroup: string, kind: string, root: Field): KubernetesObject => {
  const group = typeGroup === "core" ? "" : typeGroup;
  return { kind, group, root, metadata: root.get("metadata"), pod: podOf(group, kind, root), resource };
};

/** The items of a typed list often leave their kind out; those of a `List` each say it. */
const itemKind = (item: Field): string | undefined => item.get("kind").text;

const itemGroup = (item: Field): string | undefined => {
  const apiVersion = item.get("apiVersion").text;
  if (apiVersion === undefined) return undefined;
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
};

/** `Deployment web in frontend`: the object as its owner knows it. */
export const describeObject = ({ kind, metadata, resource }: KubernetesObject): string => {
  const namespace = metadata.get("namespace").text;
  return `${kind} ${metadata.get("name").text ?? resource.name}${namespace === undefined ? "" : ` in ${namespace}`}`;
};
