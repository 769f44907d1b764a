import type { Field } from "../core/field";
import type { KubernetesObject } from "../core/kubernetes-object";
import { mandatory, names, type ObjectRule } from "../core/rule";
import { isNamespaced } from "./namespaced-kinds";

/** What no stack of the platform puts anything into. */
export const reservedNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** `metadata.namespace`: given, and not one that belongs to the cluster or to nobody. */
export const forbidReservedNamespaces: ObjectRule = {
  name: "forbid-reserved-namespaces",
  scope: "object",
  group: "namespaces",
  title: "Nothing lies in the default namespace, or in the cluster's own",
  why: "no quota, no network policy and no owner stand there",
  severity: "high",
  fix: "metadata: { namespace: … }, one that the stack makes",
  link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  enforcement: mandatory,
  settings: {
    properties: {
      reserved: {
        type: "array",
        items: { type: "string" },
        default: reservedNamespaces,
        description: "Namespaces that nothing may be put into.",
      },
    },
  },
  judge: (object, judge, settings) => {
    const field = object.metadata.get("namespace");
    // What an unknown namespace was made from only the whole stack shows: see known-namespaces.ts.
    if (field.isUnknown) return;
    const namespace = namespaceOf(object, field);
    if (namespace === undefined || !names(settings, "reserved").includes(namespace)) return;
    judge.violation(field, "a namespace of its own", field.isAbsent ? `nothing, which means ${namespace}` : namespace);
  },
};

/** Where an object would land: where it says, or where its provider or the cluster puts what says nothing. */
const namespaceOf = ({ kind, group, resource }: KubernetesObject, field: Field): string | undefined => {
  if (!field.isAbsent) return field.text;
  if (!isNamespaced(group, kind)) return undefined;
  const ofProvider = resource.provider?.["namespace"];
  return typeof ofProvider === "string" && ofProvider !== "" ? ofProvider : "default";
};
