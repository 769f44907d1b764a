import { createHash } from "node:crypto";
import { inputError } from "./input-error";

/** What a kind of name may look like, and what to say when one doesn't. */
interface NameRule {
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly allowed: string;
}

/** @see https://techdocs.akamai.com/linode-api/reference/post-lke-cluster */
const lkeLabel: NameRule = {
  pattern: /^[a-z0-9](?:-?[a-z0-9])*$/,
  maxLength: 32,
  allowed: "1 to 32 lower-case letters, digits and single dashes",
};

/** @see https://techdocs.akamai.com/linode-api/reference/post-object-storage-bucket */
const bucketName: NameRule = {
  pattern: /^[a-z0-9](?:-?[a-z0-9])*$/,
  maxLength: 63,
  allowed: "3 to 63 lower-case letters, digits and single dashes",
};

/**
 * A workload's name becomes a Service (63 characters), a label, and the start of its pods' names; a StatefulSet's pods
 * carry it with a revision hash of 11 characters in a label of at most 63.
 * @see https://github.com/kubernetes/kubernetes/issues/64023
 */
const workload: NameRule = {
  pattern: /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
  maxLength: 52,
  allowed: "1 to 52 lower-case letters, digits and dashes, starting with a letter and not ending with a dash",
};

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const namespace: NameRule = { ...workload, maxLength: 63, allowed: workload.allowed.replace("52", "63") };

/** The LKE cluster's label, unique in the account. */
export const lkeClusterLabel = (environment: string): string =>
  checked(`holdfast-${environment}`, lkeLabel, "environment");

/**
 * The label of an environment's VPC, unique in the account. A VPC's may be twice as long as a cluster's, whose rule is
 * kept all the same: an environment has both.
 * @see https://techdocs.akamai.com/linode-api/reference/post-vpc
 */
export const linodeNetworkLabel = (environment: string): string =>
  checked(`holdfast-${environment}`, lkeLabel, "environment");

/**
 * Marks the node pools that an environment brings to a cluster besides the one nested in it. A Linode tag has 3 to 50
 * characters.
 */
export const poolTag = (environment: string): string => checked(`holdfast-${environment}`, lkeLabel, "environment");

/**
 * A bucket's name is unique among all customers of a region, so part of it is derived from what only one of them has.
 * @param owner something of the owner's alone, such as the environment's domain
 */
export const bucketLabel = (environment: string, purpose: string, owner: string): string => {
  const digest = createHash("sha256").update(owner).digest("hex").slice(0, 8);
  return checked(`holdfast-${environment}-${purpose}-${digest}`, bucketName, "environment");
};

/** The namespace of one tier of an environment. */
export const namespaceName = (environment: string, tier: string): string =>
  checked(`${environment}-${tier}`, namespace, "environment");

/** @throws InputPropertyError where a workload cannot have this name */
export const checkedWorkloadName = (name: string): string => checked(name, workload, "name");

function checked(name: string, rule: NameRule, propertyPath: string): string {
  if (name.length <= rule.maxLength && rule.pattern.test(name)) return name;
  throw inputError(propertyPath, `gives the name "${name}" (${name.length} characters); allowed are ${rule.allowed}.`);
}
