import { oneOf } from "../core/judge";
import { containerSecurityContexts, control, windowsPods } from "./standard";

/** `allowPrivilegeEscalation` of every container: false. */
export const forbidPrivilegeEscalation = control({
  name: "forbid-privilege-escalation",
  level: "restricted",
  title: "No process gains more rights than the one that started it",
  why: "a set-user-ID program in the image could make the container root",
  severity: "high",
  fix: "securityContext: { allowPrivilegeEscalation: false }",
  exempt: windowsPods,
  judge: (pod, judge) => {
    for (const context of containerSecurityContexts(pod)) {
      judge.require(context.get("allowPrivilegeEscalation"), oneOf(false), "false");
    }
  },
});
