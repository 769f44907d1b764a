import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { apiServerAccess, operatorQuota, TenantNamespace } from "../../namespace";
import { controllerName, controllerPod, podLabels } from "./controller-pod";
import { clusterRules, ownRules } from "./controller-rights";
import { cloudFirewallDefinition, cloudFirewallKind } from "./definition";
import { inboundRules } from "./rules";

export interface LinodeNodeFirewallArgs {
  /** The environment that owns the cluster; its access groups may look into the controller's namespace. */
  readonly environment: string;
  /**
   * Production: developers look but don't touch, and the namespace is protected from deletion.
   * @default true
   */
  readonly production?: boolean;
}

const namespace = "holdfast-firewall";

/** One pod, and the next one of a rollout; nothing else. */
const quota = operatorQuota({
  requestsCpu: "100m",
  requestsMemory: "256Mi",
  limitsCpu: "500m",
  limitsMemory: "512Mi",
  pods: 2,
});

const rbacGroup = "rbac.authorization.k8s.io";

/**
 * A Cloud Firewall on every node of an LKE cluster, members' and autoscaled ones too: dropped is what LKE itself does not
 * need, so that a node's public address answers nobody on the internet.
 *
 * Linode's cloud-firewall-controller keeps it: nodes come and go with the autoscaler, and a list of devices made by a
 * program would leave the new ones open until it runs again. A node is open for the seconds until the controller has
 * seen it; no argument of LKE's pools could close it from its start. The controller is made here object by object rather
 * than from its chart, which puts it into kube-system, without limits on what the pod may do, and lets it make itself a
 * firewall with rules of its own. It calls the firewall `lke-<cluster's number>`, and deletes it with the CloudFirewall.
 * @see https://github.com/linode/cloud-firewall-controller
 */
export class LinodeNodeFirewall extends pulumi.ComponentResource {
  public constructor(name: string, args: LinodeNodeFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:network:LinodeNodeFirewall", name, {}, opts);
    const { environment, production = true } = args;
    const child = { parent: this };
    const { group, version, kind, plural } = cloudFirewallKind;
    const definition = new k8s.apiextensions.v1.CustomResourceDefinition(
      name,
      { metadata: { name: `${plural}.${group}` }, spec: cloudFirewallDefinition },
      child,
    );
    const { namespaceName } = new TenantNamespace(
      name,
      { namespace, environment, tier: "firewall", quota, production },
      child,
    );
    const metadata = { name: controllerName, namespace: namespaceName, labels: { ...podLabels } };
    const account = new k8s.core.v1.ServiceAccount(name, { metadata, automountServiceAccountToken: false }, child);
    // Linode's API is on port 443 too.
    const access = apiServerAccess(name, namespaceName, this);
    const deployment = new k8s.apps.v1.Deployment(
      name,
      {
        metadata,
        spec: {
          replicas: 1,
          // Two at once would both answer to the same nodes.
          strategy: { type: "Recreate" },
          revisionHistoryLimit: 3,
          selector: { matchLabels: { ...podLabels } },
          template: controllerPod,
        },
      },
      { ...child, dependsOn: [definition, ...this.rights(name, namespaceName), access] },
    );
    new k8s.apiextensions.CustomResource(
      name,
      {
        apiVersion: `${group}/${version}`,
        kind,
        metadata: {
          name: "nodes",
          namespace: namespaceName,
          // One without an owner the controller would give to a Deployment in kube-system, where it isn't.
          ownerReferences: [
            {
              apiVersion: "v1",
              kind: "ServiceAccount",
              name: controllerName,
              uid: account.metadata.uid,
              controller: true,
            },
          ],
        },
        spec: {
          defaultRules: false,
          ruleset: { inbound_policy: "DROP", outbound_policy: "ACCEPT", inbound: [...inboundRules], outbound: [] },
        },
      },
      // After the controller, and so deleted before it, which has to delete the firewall and to let its object go.
      { ...child, dependsOn: deployment },
    );
    this.registerOutputs({});
  }

  private rights(name: string, within: pulumi.Output<string>): pulumi.Resource[] {
    const child = { parent: this };
    const subjects = [{ kind: "ServiceAccount", name: controllerName, namespace: within }];
    const inCluster = new k8s.rbac.v1.ClusterRole(
      name,
      { metadata: { name: `holdfast-${controllerName}` }, rules: clusterRules },
      child,
    );
    const own = new k8s.rbac.v1.Role(
      `${name}-controller`,
      { metadata: { name: controllerName, namespace: within }, rules: ownRules },
      child,
    );
    return [
      new k8s.rbac.v1.ClusterRoleBinding(
        name,
        {
          metadata: { name: `holdfast-${controllerName}` },
          roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: inCluster.metadata.name },
          subjects,
        },
        child,
      ),
      new k8s.rbac.v1.RoleBinding(
        `${name}-controller`,
        {
          metadata: { name: controllerName, namespace: within },
          roleRef: { apiGroup: rbacGroup, kind: "Role", name: own.metadata.name },
          subjects,
        },
        child,
      ),
    ];
  }
}
