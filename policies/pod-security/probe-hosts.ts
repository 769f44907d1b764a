import { oneOf } from "../core/judge";
import { control } from "./standard";

const handlers = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
] as const;

/** `httpGet.host` and `tcpSocket.host` of every probe and lifecycle handler: unset or empty (since 1.34). */
export const forbidProbeHosts = control({
  name: "forbid-probe-hosts",
  level: "baseline",
  title: "Probes and lifecycle handlers call their own pod, not another host",
  why: "the kubelet would call that host from the node's own network",
  severity: "high",
  fix: "leave host out: the pod's own address is the default",
  judge: ({ containers }, judge) => {
    for (const container of containers) {
      for (const handler of handlers) {
        for (const action of ["httpGet", "tcpSocket"]) {
          judge.allow(container.get(...handler, action, "host"), oneOf(""), "nothing");
        }
      }
    }
  },
});
