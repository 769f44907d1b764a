import { oneOf } from "../core/judge";
import { containerSecurityContexts, control, securityContexts, windowsPods } from "./standard";

const confined = oneOf("RuntimeDefault", "Localhost");
const wanted = "RuntimeDefault or Localhost";
const fix = "securityContext: { seccompProfile: { type: RuntimeDefault } }";

/** `seccompProfile.type` of the pod and every container: RuntimeDefault or Localhost where there is a profile. */
export const restrictSeccomp = control({
  name: "restrict-seccomp",
  level: "baseline",
  title: "Seccomp is not turned off",
  why: "the container could make every system call of the node's kernel",
  severity: "high",
  fix,
  judge: (pod, judge) => {
    for (const context of securityContexts(pod)) {
      const profile = context.get("seccompProfile");
      if (!profile.isAbsent) judge.require(profile.get("type"), confined, wanted);
    }
  },
});

/** Every container has a profile, its own or the pod's; what the profile may be, the baseline says. */
export const requireSeccomp = control({
  name: "require-seccomp",
  level: "restricted",
  title: "Every container has a seccomp profile",
  why: "the container could make every system call of the node's kernel",
  severity: "high",
  fix,
  exempt: windowsPods,
  judge: (pod, judge) => {
    const ofPod = pod.spec.get("securityContext", "seccompProfile");
    if (!ofPod.isAbsent && !ofPod.isUnknown) return;
    for (const context of containerSecurityContexts(pod)) {
      const profile = context.get("seccompProfile");
      if (profile.isUnknown) judge.undecided(profile);
      else if (profile.isAbsent && ofPod.isUnknown) judge.undecided(ofPod);
      else if (profile.isAbsent) judge.violation(profile.get("type"), wanted);
    }
  },
});
