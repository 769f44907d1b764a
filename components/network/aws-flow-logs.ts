import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { eksClusterName, iamRoleName } from "../shared/aws-names";
import { assumedBy, policyDocument } from "../shared/aws-policies";

/** Days that a network's logs are kept: long enough to look into what was noticed at the end of a month. */
const flowLogDays = 90;

export interface FlowLogsArgs {
  readonly environment: string;
  readonly vpc: ec2.Vpc;
}

/** Logs who talked to whom, accepted or not. The role writes into this one log group, and only for this account's logs. */
export const flowLogs = (name: string, { environment, vpc }: FlowLogsArgs, parent: pulumi.Resource): void => {
  const group = new cloudwatch.LogGroup(
    `${name}-flow`,
    { name: `/holdfast/${eksClusterName(environment)}/flow`, retentionInDays: flowLogDays },
    { parent },
  );
  const role = new iam.Role(
    `${name}-flow-logs`,
    {
      name: iamRoleName(environment, "flow-logs"),
      assumeRolePolicy: vpc.ownerId.apply((account) =>
        assumedBy("vpc-flow-logs.amazonaws.com", { StringEquals: { "aws:SourceAccount": account } }),
      ),
    },
    { parent },
  );
  const writing = new iam.RolePolicy(
    `${name}-flow-logs`,
    { role: role.name, policy: group.arn.apply(writeLogs) },
    { parent },
  );
  new ec2.FlowLog(
    `${name}-flow`,
    { vpcId: vpc.id, trafficType: "ALL", logDestination: group.arn, iamRoleArn: role.arn, maxAggregationInterval: 60 },
    { parent, dependsOn: writing },
  );
};

/**
 * The group is there already, so the role makes none.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
const writeLogs = (group: string): string =>
  policyDocument({
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
    Resource: [group, `${group}:*`],
  });
