import type { StackObject } from "../core/stack-view";
import { requireInEveryNamespace } from "./guards";

const isOfKind =
  (wanted: string) =>
  ({ kind, group }: StackObject): boolean =>
    kind === wanted && group === "";

/** Each namespace of the stack has a ResourceQuota. */
export const requireNamespaceQuota = requireInEveryNamespace(
  {
    name: "require-namespace-quota",
    title: "Every namespace has a quota",
    why: "one namespace could take the whole cluster",
    severity: "high",
    fix: "a ResourceQuota with metadata.namespace of this namespace",
    link: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
  },
  [{ path: "ResourceQuota", wanted: "one", guards: isOfKind("ResourceQuota") }],
);

/** Each namespace of the stack has a LimitRange. */
export const requireNamespaceLimitRange = requireInEveryNamespace(
  {
    name: "require-namespace-limit-range",
    title: "Every namespace has a limit range",
    why: "a container without requests and limits would be counted as needing nothing",
    severity: "medium",
    fix: "a LimitRange with metadata.namespace of this namespace",
    link: "https://kubernetes.io/docs/concepts/policy/limit-range/",
  },
  [{ path: "LimitRange", wanted: "one", guards: isOfKind("LimitRange") }],
);
