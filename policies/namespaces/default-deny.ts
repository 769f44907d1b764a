import type { Field } from "../core/field";
import type { StackObject } from "../core/stack-view";
import { requireInEveryNamespace } from "./guards";

type Direction = "Ingress" | "Egress";

/** Each namespace of the stack has, for each direction, a NetworkPolicy that selects every pod and allows nothing. */
export const requireDefaultDeny = requireInEveryNamespace(
  {
    name: "require-default-deny",
    title: "Every namespace is closed in both directions until something opens it",
    why: "every pod could reach every other, and the Internet",
    severity: "high",
    fix: "a NetworkPolicy with spec: { podSelector: {}, policyTypes: [Ingress, Egress] }",
    link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic",
  },
  (["Ingress", "Egress"] as const).map((direction) => ({
    path: `NetworkPolicy (${direction})`,
    wanted: "one that selects every pod and allows nothing",
    guards: (object) => deniesAll(object, direction),
  })),
);

const deniesAll = ({ kind, group, root }: StackObject, direction: Direction): boolean | undefined => {
  if (kind !== "NetworkPolicy" || group !== "networking.k8s.io") return false;
  const spec = root.get("spec");
  return all(
    selectsAllPods(spec.get("podSelector")),
    governs(spec, direction),
    isEmpty(spec.get(direction.toLowerCase())),
  );
};

const selectsAllPods = (selector: Field): boolean | undefined =>
  all(isEmpty(selector.get("matchLabels")), isEmpty(selector.get("matchExpressions")));

/** Without policyTypes a policy governs ingress; egress must be named, since without rules nothing else implies it. */
const governs = (spec: Field, direction: Direction): boolean | undefined => {
  const types = spec.get("policyTypes");
  if (types.isAbsent) return direction === "Ingress";
  const items = types.items();
  if (items.some(({ value }) => value === direction)) return true;
  return items.some(({ isUnknown }) => isUnknown) ? undefined : false;
};

const isEmpty = (field: Field): boolean | undefined => {
  if (field.isUnknown) return undefined;
  return field.isAbsent || (typeof field.value === "object" && Object.keys(field.value ?? {}).length === 0);
};

/** False when one is; else undefined when one is; else true. */
const all = (...conditions: readonly (boolean | undefined)[]): boolean | undefined =>
  conditions.includes(false) ? false : conditions.includes(undefined) ? undefined : true;
