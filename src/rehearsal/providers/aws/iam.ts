import { textOf } from "../values";
import { arn } from "./account";
import { digestOf, madeUpName, type AwsType } from "./aws-type";

export const roleToken = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

export const iam: readonly AwsType[] = [
  {
    token: roleToken,
    name: "name",
    replaces: ["path"],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    check: ({ name }) =>
      typeof name === "string" && name.length > 64 ? [{ path: ["name"], reason: "longer than 64 characters" }] : [],
    heldBy: { code: "DeleteConflict", types: [rolePolicy, attachment] },
    outputs: ({ path }, id, { region }) => ({
      arn: arn("iam", `role${textOf(path ?? "/")}${id}`, region),
      uniqueId: `AROA${digestOf(id, 17).toUpperCase()}`,
    }),
  },
  {
    token: rolePolicy,
    name: "name",
    nameMadeUp: true,
    replaces: ["role", "namePrefix"],
    id: ({ role, name, namePrefix }) => `${textOf(role)}:${textOf(name ?? madeUpName(namePrefix, "policy-"))}`,
    outputs: (_inputs, id) => ({ name: id.slice(id.indexOf(":") + 1) }),
    refers: { role: roleToken },
    missing: "NoSuchEntity",
  },
  {
    token: "aws:iam/instanceProfile:InstanceProfile",
    name: "name",
    replaces: ["namePrefix", "path"],
    refers: { role: roleToken },
    missing: "NoSuchEntity",
    outputs: ({ path }, id, { region }) => ({
      arn: arn("iam", `instance-profile${textOf(path ?? "/")}${id}`, region),
      uniqueId: `AIPA${digestOf(id, 17).toUpperCase()}`,
    }),
  },
  {
    token: attachment,
    replaces: ["role", "policyArn"],
    id: ({ role, policyArn }) => `${textOf(role)}/${textOf(policyArn)}`,
    refers: { role: roleToken },
    missing: "NoSuchEntity",
  },
];
