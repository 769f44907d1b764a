import type { Permission } from "./facts";

/** What Pulumi's Kubernetes provider does to an object: server-side apply is a patch, and it waits by watching. */
const manage = ["get", "list", "watch", "create", "patch", "delete"] as const;
const look = ["get", "list", "watch"] as const;

interface Rule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Every kind of object that a stack puts into a cluster that it doesn't own, and what it waits for. */
const rules: readonly Rule[] = [
  {
    group: "",
    resources: ["configmaps", "limitranges", "namespaces", "resourcequotas", "secrets", "serviceaccounts", "services"],
    verbs: manage,
  },
  { group: "apps", resources: ["deployments", "statefulsets"], verbs: manage },
  { group: "autoscaling", resources: ["horizontalpodautoscalers"], verbs: manage },
  { group: "monitoring.coreos.com", resources: ["servicemonitors"], verbs: manage },
  { group: "networking.k8s.io", resources: ["networkpolicies"], verbs: manage },
  { group: "policy", resources: ["poddisruptionbudgets"], verbs: manage },
  { group: "rbac.authorization.k8s.io", resources: ["rolebindings", "roles"], verbs: manage },
  // A role may be made only by who holds all that it grants, or may go beyond that; the same holds for binding it.
  // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
  { group: "rbac.authorization.k8s.io", resources: ["roles"], verbs: ["escalate", "bind"] },
  { group: "", resources: ["events", "persistentvolumeclaims", "pods"], verbs: look },
  { group: "apps", resources: ["replicasets"], verbs: look },
  { group: "discovery.k8s.io", resources: ["endpointslices"], verbs: look },
];

export const neededPermissions: readonly Permission[] = rules.flatMap(({ group, resources, verbs }) =>
  resources.flatMap((resource) => verbs.map((verb) => ({ verb, group, resource }))),
);

/** Each resource with the verbs that are refused, as `roles.rbac.authorization.k8s.io: create, patch`. */
export const byResource = (permissions: readonly Permission[]): readonly (readonly [string, readonly string[]])[] => {
  const verbs = new Map<string, string[]>();
  for (const { verb, group, resource } of permissions) {
    const name = group === "" ? resource : `${resource}.${group}`;
    verbs.set(name, [...(verbs.get(name) ?? []), verb]);
  }
  return [...verbs];
};
