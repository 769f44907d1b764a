import { PolicyPack } from "@pulumi/policy";
import { checkExemptions } from "../../../../policies/core/check-exemptions";
import { policiesOf } from "../../../../policies/core/pack";
import { rules } from "../../../../policies/rules";

const resource = { kind: "Deployment", namespace: "frontend", name: "web" };
const expired = { rule: "forbid-privileged", resource, reason: "a test", owner: "tests", expires: "2020-01-31" };

checkExemptions([expired], rules, new Date());

new PolicyPack("expired", { policies: policiesOf(rules) });
