import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { eventRuleName, queueName } from "../../shared/aws-names";
import { policyDocument } from "../../shared/aws-policies";

/**
 * What AWS says before it takes an instance away, or has to: by it Karpenter moves the pods in time.
 * @see https://karpenter.sh/docs/reference/cloudformation/#interruption-handling
 */
export const interruptions = {
  health: { source: "aws.health", "detail-type": "AWS Health Event" },
  spot: { source: "aws.ec2", "detail-type": "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", "detail-type": "EC2 Instance Rebalance Recommendation" },
  state: { source: "aws.ec2", "detail-type": "EC2 Instance State-change Notification" },
  reservation: { source: "aws.ec2", "detail-type": "EC2 Capacity Reservation Instance Interruption Warning" },
} as const;

export interface InterruptionQueueArgs {
  /** The environment that owns the cluster; names are made from it. */
  readonly environment: string;
}

/** A queue that AWS's warnings go to, encrypted, and closed to whoever isn't EventBridge with one of these rules. */
export class InterruptionQueue extends pulumi.ComponentResource {
  /** The queue's ARN, known once the rules may write to it. */
  public readonly arn: pulumi.Output<string>;

  /** @throws InputPropertyError where a name doesn't fit */
  public constructor(name: string, args: InterruptionQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:node-pools:InterruptionQueue", name, {}, opts);
    const { environment } = args;
    const child = { parent: this };
    const queue = new sqs.Queue(
      name,
      {
        name: queueName(environment, "interruptions"),
        // A warning is of use for as long as the instance is: two minutes, where it is spot.
        messageRetentionSeconds: 300,
        sqsManagedSseEnabled: true,
      },
      child,
    );
    const rules = Object.entries(interruptions).map(([kind, { source, "detail-type": type }]) => {
      const rule = new cloudwatch.EventRule(
        `${name}-${kind}`,
        {
          name: eventRuleName(environment, `interruption-${kind}`),
          eventPattern: JSON.stringify({ source: [source], "detail-type": [type] }),
        },
        child,
      );
      new cloudwatch.EventTarget(`${name}-${kind}`, { rule: rule.name, targetId: "karpenter", arn: queue.arn }, child);
      return rule;
    });
    const policy = pulumi
      .all([queue.arn, pulumi.all(rules.map(({ arn }) => arn))])
      .apply(([to, from]) => queuePolicy(to, from));
    const open = new sqs.QueuePolicy(name, { queueUrl: queue.url, policy }, child);
    this.arn = pulumi.all([queue.arn, open.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions */
export const queuePolicy = (queueArn: string, ruleArns: readonly string[]): string =>
  policyDocument(
    {
      Sid: "WarningsOfTheseRules",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
    },
    {
      Sid: "OnlyOverTls",
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
