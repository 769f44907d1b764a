import { policyDocument, type PolicyStatement } from "../../shared/aws-policies";

/** What Karpenter works on. */
export interface ControllerScope {
  readonly clusterName: string;
  readonly region: string;
  /** The role of all nodes; its ARN also says the account and the partition. */
  readonly nodeRoleArn: string;
  readonly queueArn: string;
}

/**
 * What Karpenter may do, by concern: the statements of its documentation for 1.15, with their conditions by the cluster's
 * tag, less those that make and change instance profiles. Nodes have the cluster's own profile, which no controller in the
 * cluster may touch; so it can't be led to give a node another role either.
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
export const controllerPolicies = (scope: ControllerScope) => ({
  nodes: policyDocument(...nodeLifecycle(scope)),
  cluster: policyDocument(...integration(scope)),
  discovery: policyDocument(...discovery(scope)),
});

const nodeLifecycle = (scope: ControllerScope): PolicyStatement[] => {
  const { clusterName } = scope;
  const ec2 = (kinds: readonly string[]) => kinds.map((kind) => arn(scope, "ec2", `${kind}/*`));
  const owned = `kubernetes.io/cluster/${clusterName}`;
  const asked = { [`aws:RequestTag/${owned}`]: "owned", "aws:RequestTag/eks:eks-cluster-name": clusterName };
  const own = {
    StringEquals: { [`aws:ResourceTag/${owned}`]: "owned" },
    StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
  };
  const ofPool = { StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" } };
  const made = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
  return [
    allow(
      "StartFromAnyImageHere",
      ["ec2:RunInstances", "ec2:CreateFleet"],
      [
        // Images and snapshots are of no account.
        ...["image", "snapshot"].map((kind) => arn({ ...scope, account: "" }, "ec2", `${kind}/*`)),
        ...ec2(["security-group", "subnet"]),
      ],
    ),
    allow("StartFromOwnTemplates", ["ec2:RunInstances", "ec2:CreateFleet"], ec2(["launch-template"]), own),
    allow("MakeWithTags", ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"], ec2(made), {
      StringEquals: asked,
      ...ofPool,
    }),
    allow("TagWhatIsMade", ["ec2:CreateTags"], ec2(made), {
      StringEquals: { ...asked, "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
      ...ofPool,
    }),
    allow("NameOwnInstances", ["ec2:CreateTags"], ec2(["instance"]), {
      ...own,
      StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
    }),
    allow("EndOwn", ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"], ec2(["instance", "launch-template"]), own),
  ];
};

const integration = (scope: ControllerScope): PolicyStatement[] => [
  allow("GiveNodesTheirRole", ["iam:PassRole"], [scope.nodeRoleArn], {
    StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] },
  }),
  allow("FindTheCluster", ["eks:DescribeCluster"], [arn(scope, "eks", `cluster/${scope.clusterName}`)]),
  allow("ReadWarnings", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], [scope.queueArn]),
];

/** Statements on every resource, since AWS knows no narrower one for these actions, and why each is harmless. */
export const unscoped: Readonly<Record<string, string>> = {
  ReadTheRegion: "EC2's Describe actions take no resource; they change nothing, and in no other region",
  ReadPrices: "the price list is public, and the same for every account",
  ListProfiles: "IAM's List actions take no resource; it shows names, and Karpenter looks for its own among them",
};

const discovery = (scope: ControllerScope): PolicyStatement[] => [
  allow(
    "ReadTheRegion",
    [
      "ec2:DescribeCapacityReservations",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeInstanceStatus",
      "ec2:DescribeInstanceTypeOfferings",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplates",
      "ec2:DescribePlacementGroups",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSpotPriceHistory",
      "ec2:DescribeSubnets",
    ],
    ["*"],
    { StringEquals: { "aws:RequestedRegion": scope.region } },
  ),
  allow("ReadPrices", ["pricing:GetProducts"], ["*"]),
  allow("ListProfiles", ["iam:ListInstanceProfiles"], ["*"]),
  allow("ReadProfiles", ["iam:GetInstanceProfile"], [arn({ ...scope, region: "" }, "iam", "instance-profile/*")]),
  allow("FindImages", ["ssm:GetParameter"], [arn({ ...scope, account: "" }, "ssm", "parameter/aws/service/*")]),
];

const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: PolicyStatement["Condition"],
): PolicyStatement => ({ Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });

/** In the account and partition of the nodes' role, unless another account is given. */
const arn = (
  { region, nodeRoleArn, account }: Pick<ControllerScope, "region" | "nodeRoleArn"> & { readonly account?: string },
  service: string,
  resource: string,
): string => {
  const [, partition = "aws", , , own = ""] = nodeRoleArn.split(":");
  return ["arn", partition, service, region, account ?? own, resource].join(":");
};
