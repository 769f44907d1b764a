import type { types } from "@pulumi/kubernetes";
import { podSelector } from "./labels";

/** Where a workload listens: `http` for calls, and `metrics` where that is another port. */
export interface PortsArgs {
  readonly port: number;
  readonly metrics: { readonly port: number; readonly path: string };
}

/** Name of the port that the metrics are on. */
export const metricsPortName = ({ port, metrics }: PortsArgs): "http" | "metrics" =>
  metrics.port === port ? "http" : "metrics";

const namedPorts = (ports: PortsArgs) => [
  { name: "http", port: ports.port },
  ...(metricsPortName(ports) === "metrics" ? [{ name: "metrics", port: ports.metrics.port }] : []),
];

export const containerPorts = (ports: PortsArgs): types.input.core.v1.ContainerPort[] =>
  namedPorts(ports).map(({ name, port }) => ({ name, containerPort: port, protocol: "TCP" }));

export const serviceSpec = (name: string, ports: PortsArgs): types.input.core.v1.ServiceSpec => ({
  type: "ClusterIP",
  selector: podSelector(name),
  ports: namedPorts(ports).map(({ name: portName, port }) => ({
    name: portName,
    port,
    targetPort: portName,
    protocol: "TCP",
  })),
});
