import { arn } from "./account";
import { wrongChoice, type AwsType } from "./aws-type";
import { unknown } from "../values";

/** Days. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
].map(String);

export const logs: readonly AwsType[] = [
  {
    token: "aws:cloudwatch/logGroup:LogGroup",
    name: "name",
    replaces: ["logGroupClass"],
    check: (inputs) => (inputs.retentionInDays === unknown ? [] : wrongChoice(inputs, "retentionInDays", retentions)),
    outputs: (_inputs, id, { region }) => ({ arn: arn("logs", `log-group:${id}`, region) }),
  },
];
