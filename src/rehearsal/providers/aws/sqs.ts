import type { CheckFailure } from "../stand-in";
import { textOf, unknown, type Properties } from "../values";
import { accountId, arn } from "./account";
import type { AwsType } from "./aws-type";

const queue = "aws:sqs/queue:Queue";

/** A queue's id is its address. */
export const sqs: readonly AwsType[] = [
  {
    token: queue,
    name: "name",
    replaces: ["namePrefix", "fifoQueue"],
    id: ({ name }) => `https://queue.amazonaws.com/${accountId}/${textOf(name)}`,
    fills: ["policy"],
    check: (inputs) => [...nameFailures(inputs), ...retentionFailures(inputs)],
    outputs: ({ name }, id, { region }) => ({ arn: arn("sqs", textOf(name), region), url: id }),
  },
  {
    token: "aws:sqs/queuePolicy:QueuePolicy",
    replaces: ["queueUrl"],
    id: ({ queueUrl }) => textOf(queueUrl),
    refers: { queueUrl: queue },
    missing: "AWS.SimpleQueueService.NonExistentQueue",
  },
];

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const nameFailures = ({ name }: Properties): CheckFailure[] =>
  typeof name !== "string" || name === unknown || /^[\w-]{1,80}(\.fifo)?$/.test(name)
    ? []
    : [{ path: ["name"], reason: `found ${JSON.stringify(name)}, wanted 1 to 80 letters, digits, - and _` }];

/** A minute to 14 days. */
const retentionFailures = ({ messageRetentionSeconds: seconds }: Properties): CheckFailure[] =>
  typeof seconds !== "number" || (seconds >= 60 && seconds <= 1_209_600)
    ? []
    : [{ path: ["messageRetentionSeconds"], reason: `found ${seconds}, wanted 60 to 1209600` }];
