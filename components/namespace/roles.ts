import type { types } from "@pulumi/kubernetes";

/** Whom the platform gives access to a namespace, from the most to the least. */
export const accessRoles = ["operator", "developer", "viewer"] as const;
export type AccessRole = (typeof accessRoles)[number];

type Rule = types.input.rbac.v1.PolicyRule;

const look = ["get", "list", "watch"];
const change = ["create", "update", "patch", "delete"];

/** All there is to see of a workload, its logs included; no Secret, and nothing that shows one. */
const viewer: readonly Rule[] = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "endpoints",
      "events",
      "limitranges",
      "persistentvolumeclaims",
      "pods",
      "pods/log",
      "resourcequotas",
      "serviceaccounts",
      "services",
    ],
    verbs: look,
  },
  {
    apiGroups: ["apps"],
    resources: ["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"],
    verbs: look,
  },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: look },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: look },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: look },
  { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: look },
  { apiGroups: ["monitoring.coreos.com"], resources: ["servicemonitors"], verbs: look },
  { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: look },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: look },
];

/**
 * To debug: into a pod, through to its port, and a fresh start. Inside a pod its mounted secrets can be read, which is why
 * production has none of it.
 */
const debug: readonly Rule[] = [
  { apiGroups: [""], resources: ["pods/exec", "pods/portforward"], verbs: ["create"] },
  { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
  { apiGroups: ["apps"], resources: ["deployments", "statefulsets"], verbs: ["patch"] },
];

/**
 * To run workloads: everything about them, with their configuration and secrets. Secrets are read one by one, by name. The
 * guards (quota, limits, network policies, roles) stay the platform's.
 */
const operate: readonly Rule[] = [
  { apiGroups: [""], resources: ["configmaps", "persistentvolumeclaims", "pods", "services"], verbs: change },
  { apiGroups: [""], resources: ["secrets"], verbs: ["get", ...change] },
  { apiGroups: [""], resources: ["pods/eviction", "pods/exec", "pods/portforward"], verbs: ["create"] },
  { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "statefulsets"], verbs: change },
  { apiGroups: ["apps"], resources: ["deployments/scale", "statefulsets/scale"], verbs: ["get", "update", "patch"] },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: change },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: change },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: change },
];

/** What a role may do in a namespace; `production` takes from developers what changes or opens a pod. */
export const roleRules = (role: AccessRole, production: boolean): Rule[] => {
  switch (role) {
    case "viewer":
      return [...viewer];
    case "developer":
      return production ? [...viewer] : [...viewer, ...debug];
    case "operator":
      return [...viewer, ...operate];
  }
};

/** The group that an identity provider puts people into. */
export const accessGroup = (environment: string, role: AccessRole): string => `holdfast:${environment}:${role}`;
