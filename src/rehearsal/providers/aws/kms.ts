import { randomUUID } from "node:crypto";

import { textOf, type Properties } from "../values";
import { arn } from "./account";
import { find, type AwsType } from "./aws-type";

const key = "aws:kms/key:Key";

/** A deleted key is kept for days before it is gone; here it is gone at once. */
export const kms: readonly AwsType[] = [
  {
    token: key,
    replaces: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    id: () => randomUUID(),
    fills: ["policy"],
    outputs: ({ policy }, id, { region }) => ({
      arn: arn("kms", `key/${id}`, region),
      keyId: id,
      policy: policy ?? "",
    }),
  },
  {
    token: "aws:kms/alias:Alias",
    name: "name",
    refers: { targetKeyId: key },
    missing: "NotFoundException",
    check: ({ name }: Properties) =>
      typeof name === "string" && !name.startsWith("alias/")
        ? [{ path: ["name"], reason: `found ${JSON.stringify(name)}, wanted alias/ before the name` }]
        : [],
    outputs: ({ targetKeyId }, id, { region, services }) => ({
      arn: arn("kms", id, region),
      targetKeyArn: find(key, textOf(targetKeyId), services)?.properties.arn ?? "",
    }),
  },
];
