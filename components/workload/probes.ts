import type { types } from "@pulumi/kubernetes";

type Container = types.input.core.v1.Container;

/** One HTTP check on the workload's `http` port. */
export interface ProbeArgs {
  readonly path: string;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

export interface ProbesArgs {
  /** Until it has succeeded once, the others wait: periodSeconds × failureThreshold is the longest start. */
  readonly startup: ProbeArgs;
  /** While it fails, the pod gets no calls. */
  readonly readiness: ProbeArgs;
  /** When it fails, the container is restarted. */
  readonly liveness: ProbeArgs;
}

const timeoutSeconds = 3;

const probe = (args: ProbeArgs): types.input.core.v1.Probe => ({
  httpGet: { path: args.path, port: "http" },
  periodSeconds: args.periodSeconds,
  timeoutSeconds,
  failureThreshold: args.failureThreshold,
});

export const probes = (args: ProbesArgs): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> => ({
  startupProbe: probe(args.startup),
  readinessProbe: probe(args.readiness),
  livenessProbe: probe(args.liveness),
});

/** The longest that a pod may take to start before it is restarted. */
export const longestStartSeconds = ({ startup }: ProbesArgs): number =>
  startup.periodSeconds * startup.failureThreshold;
