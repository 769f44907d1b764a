import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { podSelector } from "./labels";
import { metricsPortName, type PortsArgs } from "./service";

/** How the workload's Service is scraped, from wherever a Prometheus operator's scraper runs. */
export const serviceMonitorSpec = (name: string, ports: PortsArgs): NonNullable<IServiceMonitor["spec"]> => ({
  selector: { matchLabels: podSelector(name) },
  endpoints: [{ port: metricsPortName(ports), path: ports.metrics.path, interval: "30s", scrapeTimeout: "10s" }],
});
