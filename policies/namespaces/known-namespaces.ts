import { describeObject } from "../core/kubernetes-object";
import { mandatory, type StackRule } from "../core/rule";

/**
 * Says, once, which objects have a namespace that is known only after the update and comes from no namespace of this
 * stack: whether it is a reserved one, forbid-reserved-namespaces decides during the update.
 */
export const nameUnknownNamespaces: StackRule = {
  name: "name-unknown-namespaces",
  scope: "stack",
  group: "namespaces",
  title: "Where each object will lie is known before the update",
  why: "it could be the default namespace or one of the cluster's own",
  severity: "low",
  fix: "take the namespace from a Namespace of this stack, or write its name",
  link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  enforcement: mandatory,
  judge: (stack) => {
    const namespaces = new Set(stack.namespaces.map(({ resource }) => resource.urn));
    const undecided = stack.objects.filter(
      ({ metadata, metadataFrom }) =>
        metadata.get("namespace").isUnknown && !metadataFrom.some((urn) => namespaces.has(urn)),
    );
    const [first] = undecided;
    if (first === undefined) return [];
    return [
      {
        kind: "undecided",
        urn: first.resource.urn,
        subject: undecided.map(describeObject).join(", "),
        path: first.metadata.get("namespace").path,
        found: "",
        wanted: "",
      },
    ];
  },
};
