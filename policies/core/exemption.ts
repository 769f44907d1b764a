import type { KubernetesObject } from "./kubernetes-object";

/** One rule that one object need not meet, for a while. */
export interface Exemption {
  /** The rule's name, as messages call it. */
  readonly rule: string;
  /** The one object, by its exact names. */
  readonly resource: ExemptResource;
  /** Why the object cannot meet the rule, and what keeps the danger small all the same. */
  readonly reason: string;
  /** Who renews it or takes it away. */
  readonly owner: string;
  /** The last day on which it holds, `2027-10-31`; at most a year ahead. */
  readonly expires: string;
}

export interface ExemptResource {
  readonly kind: string;
  /** Left out for kinds that lie in no namespace. */
  readonly namespace?: string;
  readonly name: string;
}

/** Exemptions as rules ask for them. Asked only about what breaks a rule, so that all else costs nothing. */
export class Exemptions {
  /** Keys of the exempt objects, by rule. */
  readonly #objects = new Map<string, Set<string>>();

  public constructor(entries: readonly Exemption[]) {
    for (const { rule, resource } of entries) {
      const objects = this.#objects.get(rule) ?? new Set();
      this.#objects.set(rule, objects.add(resourceKey(resource)));
    }
  }

  /** Whether any object is exempt from the rule. */
  public name(rule: string): boolean {
    return this.#objects.has(rule);
  }

  public covers(rule: string, object: KubernetesObject): boolean {
    const objects = this.#objects.get(rule);
    if (objects === undefined) return false;
    const key = objectKey(object);
    return key !== undefined && objects.has(key);
  }
}

export const noExemptions = new Exemptions([]);

/** `DaemonSet nvidia-device-plugin in holdfast-gpu`: no Kubernetes name holds a space. */
export const resourceKey = ({ kind, namespace, name }: ExemptResource): string =>
  namespace === undefined ? `${kind} ${name}` : `${kind} ${name} in ${namespace}`;

/** Undefined where a name isn't known, or isn't given: what cannot be told apart is not exempt. */
export const objectKey = ({ kind, metadata }: KubernetesObject): string | undefined => {
  const name = metadata.get("name").text;
  const namespace = metadata.get("namespace");
  if (name === undefined) return undefined;
  if (namespace.isAbsent) return resourceKey({ kind, name });
  return namespace.text === undefined ? undefined : resourceKey({ kind, name, namespace: namespace.text });
};
