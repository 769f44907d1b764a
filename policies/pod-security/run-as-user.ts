import { control, podsInUserNamespace, securityContexts } from "./standard";

/** `runAsUser` of the pod and every container: not 0. */
export const forbidRunAsRootUser = control({
  name: "forbid-run-as-root-user",
  level: "restricted",
  title: "No container is given user 0",
  why: "the container would run as root",
  severity: "high",
  fix: "securityContext: { runAsUser: 1001 }, or leave it to the image",
  exempt: podsInUserNamespace,
  judge: (pod, judge) => {
    for (const context of securityContexts(pod)) {
      judge.allow(context.get("runAsUser"), (user) => user !== 0, "a user other than 0");
    }
  },
});
