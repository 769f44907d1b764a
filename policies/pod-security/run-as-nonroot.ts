import { oneOf } from "../core/judge";
import { containerSecurityContexts, control, podsInUserNamespace } from "./standard";

/** `runAsNonRoot`: true for every container, its own or the pod's; and nowhere false. */
export const requireRunAsNonRoot = control({
  name: "require-run-as-nonroot",
  level: "restricted",
  title: "Containers run as a user other than root",
  why: "the container could run as root",
  severity: "high",
  fix: "securityContext: { runAsNonRoot: true }",
  exempt: podsInUserNamespace,
  judge: (pod, judge) => {
    const ofPod = pod.spec.get("securityContext", "runAsNonRoot");
    judge.allow(ofPod, oneOf(true), "true");
    for (const context of containerSecurityContexts(pod)) {
      const own = context.get("runAsNonRoot");
      if (!own.isAbsent) judge.allow(own, oneOf(true), "true");
      else if (ofPod.isAbsent) judge.violation(own, "true");
    }
  },
});
