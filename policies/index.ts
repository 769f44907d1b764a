import { PolicyPack } from "@pulumi/policy";
import { checkExemptions } from "./core/check-exemptions";
import { Exemptions } from "./core/exemption";
import { policiesOf } from "./core/pack";
import { exemptions } from "./exemptions";
import { rules } from "./rules";

checkExemptions(exemptions, rules, new Date());

new PolicyPack("holdfast", {
  policies: policiesOf(rules, new Exemptions(exemptions)),
  enforcementLevel: "mandatory",
});
