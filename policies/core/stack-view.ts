import { objectsOf, type KubernetesObject, type Resource } from "./kubernetes-object";

/** A resource of a stack together with the resources that its metadata was made from. */
export interface StackResource extends Resource {
  /** URNs behind `metadata`, known even where its values are not. */
  readonly metadataFrom: readonly string[];
}

/** Every Kubernetes object of a stack, as rules across objects see it. */
export class StackView {
  readonly #objects: readonly StackObject[];

  public constructor(resources: readonly StackResource[]) {
    this.#objects = resources.flatMap((resource) =>
      objectsOf(resource).map((object) => ({ ...object, metadataFrom: resource.metadataFrom })),
    );
  }

  public get objects(): readonly StackObject[] {
    return this.#objects;
  }

  public get namespaces(): readonly StackObject[] {
    return this.#objects.filter(({ kind, group }) => kind === "Namespace" && group === "");
  }

  /**
   * Whether an object lies in a namespace of this stack: by name, or, where a name is known only after the update, by
   * what it was made from. Undefined where neither tells.
   */
  public liesIn(object: StackObject, namespace: StackObject): boolean | undefined {
    const wanted = namespace.metadata.get("name");
    const stated = object.metadata.get("namespace");
    if (stated.text !== undefined && wanted.text !== undefined) return stated.text === wanted.text;
    if (stated.isAbsent) return false;
    if (object.metadataFrom.includes(namespace.resource.urn)) return true;
    return object.metadataFrom.some((urn) => this.namespaces.some(({ resource }) => resource.urn === urn))
      ? false
      : undefined;
  }
}

export interface StackObject extends KubernetesObject {
  readonly metadataFrom: readonly string[];
}
