import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { iamRoleName } from "../shared/aws-names";
import { assumedBy, assumedByPods, managedPolicy, policyDocument } from "../shared/aws-policies";
import type { EksAddon } from "./eks-addons";

/** Whose role it is, and where. */
export interface RolePlace {
  readonly environment: string;
  readonly region: string;
}

/** A role, known to be complete: nobody takes it before its policies are attached. */
export interface ReadyRole {
  readonly arn: pulumi.Output<string>;
}

/** What the control plane may do: the network interfaces and load balancers of a cluster, and its key. */
export const controlPlaneRole = (
  name: string,
  place: RolePlace,
  keyArn: pulumi.Output<string>,
  parent: pulumi.Resource,
): ReadyRole => {
  const role = makeRole(name, place, "control-plane", assumedBy("eks.amazonaws.com"), parent);
  const policy = keyArn.apply(useKey);
  const key = new iam.RolePolicy(`${name}-control-plane-key`, { role: role.name, policy }, { parent });
  return ready(role, [...attach(role, place, ["AmazonEKSClusterPolicy"], parent), key]);
};

/**
 * What nodes may do: join, hand credentials to the agent for pods, and pull images. Attaching addresses to pods is the network
 * add-on's own role.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export const nodeRole = (name: string, place: RolePlace, parent: pulumi.Resource): ReadyRole => {
  const role = makeRole(name, place, "node", assumedBy("ec2.amazonaws.com"), parent);
  const policies = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];
  return ready(role, attach(role, place, policies, parent));
};

/** By which instances that no managed group makes get the nodes' role. Its name is known once the role is complete. */
export const nodeProfile = (
  name: string,
  { environment }: RolePlace,
  role: ReadyRole,
  parent: pulumi.Resource,
): pulumi.Output<string> => {
  const roleName = iamRoleName(environment, "node");
  const args = { name: roleName, role: role.arn.apply(() => roleName) };
  return new iam.InstanceProfile(`${name}-node`, args, { parent }).name;
};

/** What an add-on that calls AWS may do, for its own service account in this one cluster. */
export const addonRole = (
  name: string,
  place: RolePlace,
  cluster: string,
  addon: { readonly name: string; readonly identity: NonNullable<EksAddon["identity"]> },
  parent: pulumi.Resource,
): ReadyRole => {
  const { serviceAccount, policy } = addon.identity;
  const trust = assumedByPods(cluster, [{ namespace: "kube-system", serviceAccount }]);
  const role = makeRole(name, place, addon.name, trust, parent);
  return ready(role, attach(role, place, [policy], parent));
};

const makeRole = (
  name: string,
  place: RolePlace,
  purpose: string,
  trust: string,
  parent: pulumi.Resource,
): NamedRole => {
  const logical = `${name}-${purpose}`;
  const args = { name: iamRoleName(place.environment, purpose), assumeRolePolicy: trust };
  return { logical, ...pick(new iam.Role(logical, args, { parent })) };
};

interface NamedRole {
  readonly logical: string;
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
}

const pick = ({ name, arn }: iam.Role) => ({ name, arn });

const attach = (
  role: NamedRole,
  { region }: RolePlace,
  policies: readonly string[],
  parent: pulumi.Resource,
): iam.RolePolicyAttachment[] =>
  policies.map((policy) => {
    const args = { role: role.name, policyArn: managedPolicy(region, policy) };
    return new iam.RolePolicyAttachment(`${role.logical}-${policy.split("/").at(-1) ?? policy}`, args, { parent });
  });

const ready = ({ arn }: NamedRole, policies: readonly pulumi.CustomResource[]): ReadyRole => ({
  arn: pulumi.all([arn, pulumi.all(policies.map(({ id }) => id))]).apply(([known]) => known),
});

/** @see https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html */
const useKey = (key: string): string =>
  policyDocument({
    Effect: "Allow",
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
    Resource: key,
  });
