/** One statement of an IAM policy, as AWS reads it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: "*" | Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document; nothing of it is secret. */
export const policyDocument = (...statements: readonly PolicyStatement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Lets a service of AWS take a role. */
export const assumedBy = (service: string, condition?: PolicyStatement["Condition"]): string =>
  policyDocument({
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  });

/**
 * Lets EKS Pod Identity take a role for the pods of some service accounts of one cluster. EKS tells who is asking in session
 * tags, so that whoever may associate roles still can't give this one to another pod.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export const assumedByPods = (
  cluster: string,
  readers: readonly { readonly namespace: string; readonly serviceAccount: string }[],
): string =>
  policyDocument({
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-name": cluster,
        "aws:RequestTag/kubernetes-namespace": unique(readers.map(({ namespace }) => namespace)),
        "aws:RequestTag/kubernetes-service-account": unique(readers.map(({ serviceAccount }) => serviceAccount)),
      },
    },
  });

/** A policy that AWS keeps, in the partition that the region is in. */
export const managedPolicy = (region: string, name: string): string =>
  `arn:${partition(region)}:iam::aws:policy/${name}`;

/** @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const partition = (region: string): string => {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
};

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
