import { oneOf } from "../core/judge";
import { containerSecurityContexts, control } from "./standard";

/** `securityContext.privileged` of every container: unset or false. */
export const forbidPrivileged = control({
  name: "forbid-privileged",
  level: "baseline",
  title: "No container is privileged",
  why: "a privileged container is root on its node",
  severity: "critical",
  fix: "securityContext: { privileged: false }",
  judge: (pod, judge) => {
    for (const context of containerSecurityContexts(pod)) judge.allow(context.get("privileged"), oneOf(false), "false");
  },
});
