import { oneOf } from "../core/judge";
import { control, securityContexts } from "./standard";

/** `windowsOptions.hostProcess` of the pod and every container: unset or false. */
export const forbidWindowsHostProcess = control({
  name: "forbid-windows-host-process",
  level: "baseline",
  title: "No container is a process of its Windows host",
  why: "a host process has the node's own rights",
  severity: "critical",
  fix: "leave windowsOptions.hostProcess out",
  judge: (pod, judge) => {
    for (const context of securityContexts(pod)) {
      judge.allow(context.get("windowsOptions", "hostProcess"), oneOf(false), "false");
    }
  },
});
