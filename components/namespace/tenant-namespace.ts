import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { durableOptions } from "../shared";
import { allowDns, defaultDeny } from "./network-guards";
import { podSecurityLabels, type PodSecurityLevel } from "./pod-security";
import { defaultQuota, limitRange, quotaHard, type QuotaArgs } from "./quota";
import { accessGroup, accessRoles, roleRules } from "./roles";

export interface TenantNamespaceArgs {
  /** The namespace's own name in the cluster. Changing it replaces the namespace and all that is in it. */
  readonly namespace: string;
  /** Whose it is; the access groups are `holdfast:<environment>:operator`, `:developer` and `:viewer`. */
  readonly environment: string;
  /** What it is for: a label. */
  readonly tier: string;
  /**
   * Ceiling for everything in the namespace together.
   * @default requests 50 CPU and 100Gi, limits 100 CPU and 200Gi, 20 volumes, 20 services, 50 secrets, 50 ConfigMaps,
   *   100 pods, no GPU
   */
  readonly quota?: QuotaArgs;
  /**
   * Pod Security Standard that the API server enforces here.
   * @default "restricted"
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * Production: developers look but don't touch, and the namespace is protected from deletion.
   * @default true
   */
  readonly production?: boolean;
}

/** A namespace that is closed until opened: quota, limits, Pod Security, default-deny and access from its first second. */
export class TenantNamespace extends pulumi.ComponentResource {
  /**
   * The namespace's name, once every guard stands, so that what goes into it waits for them. Known at preview, so that
   * policies can judge what uses it.
   */
  public readonly namespaceName: pulumi.Output<string>;

  public constructor(name: string, args: TenantNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:namespace:TenantNamespace", name, {}, opts);
    const { environment, production = true } = args;
    const namespace = new k8s.core.v1.Namespace(
      name,
      {
        metadata: {
          name: args.namespace,
          labels: {
            ...podSecurityLabels(args.podSecurity ?? "restricted"),
            "app.kubernetes.io/part-of": "holdfast",
            "holdfast.dev/environment": environment,
            "holdfast.dev/tier": args.tier,
          },
        },
      },
      { parent: this, ...durableOptions(production) },
    );
    const within = (objectName: string) => ({ name: objectName, namespace: after(namespace, args.namespace) });
    const child = { parent: this };
    const guards: pulumi.Resource[] = [
      new k8s.core.v1.ResourceQuota(
        `${name}-quota`,
        { metadata: within("quota"), spec: { hard: quotaHard(args.quota ?? defaultQuota) } },
        child,
      ),
      new k8s.core.v1.LimitRange(`${name}-limits`, { metadata: within("limits"), spec: limitRange }, child),
      new k8s.networking.v1.NetworkPolicy(
        `${name}-default-deny`,
        { metadata: within("default-deny"), spec: defaultDeny },
        child,
      ),
      new k8s.networking.v1.NetworkPolicy(
        `${name}-allow-dns`,
        { metadata: within("allow-dns"), spec: allowDns },
        child,
      ),
    ];
    for (const role of accessRoles) {
      const objectName = `holdfast-${role}`;
      const made = new k8s.rbac.v1.Role(
        `${name}-${role}`,
        { metadata: within(objectName), rules: roleRules(role, production) },
        child,
      );
      new k8s.rbac.v1.RoleBinding(
        `${name}-${role}`,
        {
          metadata: within(objectName),
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: after(made, objectName) },
          subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: accessGroup(environment, role) }],
        },
        child,
      );
    }
    // Pods that need no account of their own name this one: the namespace's default account mounts a token.
    const gate = new k8s.core.v1.ServiceAccount(
      `${name}-workload`,
      { metadata: within("workload"), automountServiceAccountToken: false },
      { parent: this, dependsOn: guards },
    );
    // One dependency that stands for all the guards: with 1,000 services, listing each at every object costs.
    this.namespaceName = after(gate, args.namespace);
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}

/** A name that is known already, for use by what must come after a resource. */
const after = (resource: pulumi.Resource, name: string): pulumi.Output<string> => resource.urn.apply(() => name);
