import { textOf, unknown, type Properties } from "../values";
import type { CheckFailure } from "../stand-in";
import { arn } from "./account";
import type { AwsType } from "./aws-type";

const rule = "aws:cloudwatch/eventRule:EventRule";
const target = "aws:cloudwatch/eventTarget:EventTarget";

/** EventBridge, on the bus that every account has. */
export const events: readonly AwsType[] = [
  {
    token: rule,
    name: "name",
    replaces: ["namePrefix", "eventBusName"],
    check: nameFailures,
    heldBy: { code: "ValidationException", types: [target] },
    outputs: (_inputs, id, { region }) => ({ arn: arn("events", `rule/${id}`, region) }),
  },
  {
    token: target,
    replaces: ["rule", "targetId", "eventBusName"],
    id: ({ rule: of, targetId }) => `${textOf(of)}-${textOf(targetId)}`,
    refers: { rule },
    missing: "ResourceNotFoundException",
    fills: ["targetId"],
  },
];

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
function nameFailures({ name }: Properties): CheckFailure[] {
  if (typeof name !== "string" || name === unknown || /^[.\w-]{1,64}$/.test(name)) return [];
  return [{ path: ["name"], reason: `found ${JSON.stringify(name)}, wanted 1 to 64 letters, digits, ., - and _` }];
}
