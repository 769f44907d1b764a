import { oneOf } from "../core/judge";
import { control } from "./standard";

/** `hostNetwork`, `hostPID` and `hostIPC` of a pod: unset or false. */
export const forbidHostNamespaces = control({
  name: "forbid-host-namespaces",
  level: "baseline",
  title: "Pods stay out of the node's network, process and IPC namespaces",
  why: "the pod would see the node's own processes or network",
  severity: "critical",
  fix: "leave hostNetwork, hostPID and hostIPC out",
  judge: ({ spec }, judge) => {
    for (const namespace of ["hostNetwork", "hostPID", "hostIPC"])
      judge.allow(spec.get(namespace), oneOf(false), "false");
  },
});
