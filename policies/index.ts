import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./core/pack";
import { rules } from "./rules";

new PolicyPack("holdfast", { policies: policiesOf(rules), enforcementLevel: "mandatory" });
