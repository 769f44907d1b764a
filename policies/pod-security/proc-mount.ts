import { oneOf } from "../core/judge";
import type { Pod } from "../core/pod";
import type { Judge } from "../core/judge";
import { containerSecurityContexts, control, podsInUserNamespace } from "./standard";

/** `procMount` of every container: unset or Default, unless the pod has a user namespace of its own (since 1.35). */
export const forbidUnmaskedProc = control({
  name: "forbid-unmasked-proc",
  level: "baseline",
  title: "The kernel's files below /proc stay masked",
  why: "the container could read and change the node's kernel settings",
  severity: "high",
  fix: "leave procMount out",
  exempt: podsInUserNamespace,
  judge: (pod, judge) => judgeProcMount(pod, judge),
});

/** `procMount` of every container: unset or Default, in a user namespace too. */
export const forbidUnmaskedProcInUserNamespace = control({
  name: "forbid-unmasked-proc-in-user-namespace",
  level: "restricted",
  title: "The kernel's files below /proc stay masked in user namespaces too",
  why: "the container could read the node's kernel settings",
  severity: "medium",
  fix: "leave procMount out",
  judge: (pod, judge) => {
    const hostUsers = pod.spec.get("hostUsers");
    // Without a user namespace the baseline reports it, and so it does where that is unknown.
    if (!hostUsers.isUnknown && hostUsers.value === false) judgeProcMount(pod, judge);
  },
});

const judgeProcMount = (pod: Pod, judge: Judge): void => {
  for (const context of containerSecurityContexts(pod))
    judge.allow(context.get("procMount"), oneOf("Default"), "Default");
};
