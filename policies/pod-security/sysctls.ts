import { oneOf } from "../core/judge";
import { control } from "./standard";

/** Those that are namespaced, so that setting one changes nothing outside the pod. Last addition in 1.32. */
const safeSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];

/** `securityContext.sysctls[*].name` of a pod: from the safe set. */
export const restrictSysctls = control({
  name: "restrict-sysctls",
  level: "baseline",
  title: "Pods set safe kernel parameters only",
  why: "this kernel parameter reaches beyond the pod",
  severity: "high",
  fix: `leave it out; the safe ones are ${safeSysctls.join(", ")}`,
  judge: ({ spec }, judge) => {
    for (const sysctl of spec.get("securityContext", "sysctls").items()) {
      judge.require(sysctl.get("name"), oneOf(...safeSysctls), "a safe kernel parameter");
    }
  },
});
