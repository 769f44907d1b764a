import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "../../../../policies/core/pack";
import { rules } from "../../../../policies/rules";
import type { ObjectRule } from "../../../../policies/core/rule";

const faulty: ObjectRule = {
  name: "faulty-rule",
  scope: "object",
  group: "visibility",
  title: "A rule with a fault",
  why: "it throws",
  severity: "low",
  fix: "none",
  link: "https://example.com/",
  enforcement: { development: "mandatory", staging: "mandatory", production: "mandatory" },
  judge: () => {
    throw new Error("the fault");
  },
};

new PolicyPack("throwing", { policies: policiesOf([...rules, faulty]) });
