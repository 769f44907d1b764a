import { oneOf } from "../core/judge";
import { control } from "./standard";

/** `ports[*].hostPort` of every container: unset or 0. */
export const forbidHostPorts = control({
  name: "forbid-host-ports",
  level: "baseline",
  title: "No container takes a port of its node",
  why: "the container would be reachable past every NetworkPolicy and Service",
  severity: "high",
  fix: "leave hostPort out, and put a Service in front",
  judge: ({ containers }, judge) => {
    for (const port of containers.flatMap((container) => container.get("ports").items())) {
      judge.allow(port.get("hostPort"), oneOf(0), "nothing");
    }
  },
});
