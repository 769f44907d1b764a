import { inputError } from "./input-error";

/**
 * Names on AWS. What holds an environment's things is called `holdfast-<environment>`, which is unique in an account as
 * environments are; each rule is the service's own.
 */
interface AwsNameRule {
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const clusterRule: AwsNameRule = {
  pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
  allowed: "1 to 100 letters, digits, dashes and underscores, starting with a letter or digit",
};

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const roleRule: AwsNameRule = {
  pattern: /^[\w+=,.@-]{1,64}$/,
  allowed: "1 to 64 letters, digits and the characters _+=,.@-",
};

/**
 * A node group's prefix: 26 characters of the provider's own come after it, in a name of at most 63.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
const nodeGroupPrefixRule: AwsNameRule = {
  pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,36}$/,
  allowed: "1 to 37 letters, digits, dashes and underscores, starting with a letter or digit",
};

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const queueRule: AwsNameRule = {
  pattern: /^[\w-]{1,80}$/,
  allowed: "1 to 80 letters, digits, dashes and underscores",
};

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const eventRuleRule: AwsNameRule = {
  pattern: /^[.\w-]{1,64}$/,
  allowed: "1 to 64 letters, digits, dots, dashes and underscores",
};

/** The EKS cluster, unique in an account and region. */
export const eksClusterName = (environment: string): string =>
  checked(`holdfast-${environment}`, clusterRule, "environment");

/** A role, unique in an account whatever the region. */
export const iamRoleName = (environment: string, purpose: string): string =>
  checked(`holdfast-${environment}-${purpose}`, roleRule, "environment");

/** A queue of SQS, unique in an account and region. */
export const queueName = (environment: string, purpose: string): string =>
  checked(`holdfast-${environment}-${purpose}`, queueRule, "environment");

/** A rule of EventBridge, unique in an account and region. */
export const eventRuleName = (environment: string, purpose: string): string =>
  checked(`holdfast-${environment}-${purpose}`, eventRuleRule, "environment");

/**
 * The start of a node group's name. The provider adds what tells a replaced group from its successor, since both are there
 * until the last pod has moved. The pool comes last, and is cut where a long environment leaves it too little room: the
 * whole of it stands in the labels.
 */
export const nodeGroupPrefix = (environment: string, pool: string): string =>
  checked(`${`${environment}-${pool}`.slice(0, 36)}-`, nodeGroupPrefixRule, "nodePools");

function checked(name: string, rule: AwsNameRule, propertyPath: string): string {
  if (rule.pattern.test(name)) return name;
  throw inputError(propertyPath, `gives the name "${name}" (${name.length} characters); allowed are ${rule.allowed}.`);
}
