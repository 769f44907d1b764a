import type { KubernetesObject } from "../core/kubernetes-object";
import { carriesPod } from "../core/pod";
import { mandatory, type ObjectRule } from "../core/rule";

/** Resources that make or change objects which the pack cannot see: Helm releases, and patches of what carries pods. */
export const forbidUnseenObjects: ObjectRule = {
  name: "forbid-unseen-objects",
  scope: "object",
  group: "visibility",
  title: "Every object passes by this pack",
  why: "the objects it makes would reach the cluster unjudged",
  severity: "high",
  fix: "kubernetes.helm.v4.Chart in place of a Release; the whole object in place of a patch",
  link: "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/choosing-the-right-helm-resource-for-your-use-case/",
  enforcement: mandatory,
  judge: (object, judge) => {
    if (isRelease(object) || isPatch(object))
      judge.violation(object.root.get("kind"), "objects one by one", object.kind);
  },
};

const isRelease = ({ group, kind }: KubernetesObject): boolean => group === "helm.sh" && kind === "Release";

const isPatch = ({ group, kind }: KubernetesObject): boolean =>
  kind.endsWith("Patch") && carriesPod(group, kind.slice(0, -"Patch".length));
