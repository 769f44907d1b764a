import { oneOf } from "../core/judge";
import { control, securityContexts } from "./standard";

const allowedTypes = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/** `seLinuxOptions` of the pod and every container: a container type (`container_engine_t` since 1.31), no user or role. */
export const restrictSelinux = control({
  name: "restrict-selinux",
  level: "baseline",
  title: "SELinux options are a container's own",
  why: "the container could leave the confinement that SELinux gives it",
  severity: "high",
  fix: "leave seLinuxOptions out, or set its type alone",
  judge: (pod, judge) => {
    for (const context of securityContexts(pod)) {
      const options = context.get("seLinuxOptions");
      judge.allow(options.get("type"), oneOf("", ...allowedTypes), `nothing, or ${allowedTypes.join(", ")}`);
      judge.allow(options.get("user"), oneOf(""), "nothing");
      judge.allow(options.get("role"), oneOf(""), "nothing");
    }
  },
});
