import { oneOf } from "../core/judge";
import { control, securityContexts } from "./standard";

const annotationPrefix = "container.apparmor.security.beta.kubernetes.io/";

/** `appArmorProfile.type` of the pod and every container, and the annotations that came before it. */
export const restrictAppArmor = control({
  name: "restrict-apparmor",
  level: "baseline",
  title: "AppArmor is not turned off",
  why: "the container would run without the node's AppArmor confinement",
  severity: "high",
  fix: "securityContext: { appArmorProfile: { type: RuntimeDefault } }",
  judge: (pod, judge) => {
    for (const context of securityContexts(pod)) {
      const profile = context.get("appArmorProfile");
      if (profile.isAbsent) continue;
      judge.require(profile.get("type"), oneOf("RuntimeDefault", "Localhost"), "RuntimeDefault or Localhost");
    }
    const annotations = pod.metadata.get("annotations");
    if (annotations.isUnknown) judge.undecided(annotations);
    for (const [key, annotation] of annotations.entries()) {
      if (key.startsWith(annotationPrefix))
        judge.allow(annotation, isAllowedAnnotation, "runtime/default or localhost/*");
    }
  },
});

const isAllowedAnnotation = (value: unknown): boolean =>
  value === "" || value === "runtime/default" || (typeof value === "string" && value.startsWith("localhost/"));
