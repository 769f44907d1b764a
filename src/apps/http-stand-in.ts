import type { AppSpec } from "./app-spec";

/**
 * What every HTTP service here has in common for as long as podinfo stands in for it: podinfo listens on 9898, and serves
 * its metrics on 9797 where told so. A service's own image replaces these fields in its own file.
 * @see https://github.com/stefanprodan/podinfo
 */
export const httpStandIn = {
  kind: "http",
  port: 9898,
  metrics: { port: 9797, path: "/metrics" },
  probes: {
    startup: { path: "/healthz", periodSeconds: 2, failureThreshold: 30 },
    readiness: { path: "/readyz", periodSeconds: 5, failureThreshold: 3 },
    // Slower to act than readiness, so that a busy pod is first taken out of rotation and only a stuck one restarted.
    liveness: { path: "/healthz", periodSeconds: 10, failureThreshold: 6 },
  },
  resources: {
    requests: { cpu: "250m", memory: "512Mi", ephemeralStorage: "256Mi" },
    limits: { cpu: "1", memory: "1Gi", ephemeralStorage: "1Gi" },
    gpus: 0,
  },
  writable: { "/tmp": "128Mi" },
  terminationGracePeriodSeconds: 45,
  defaultImage: "ghcr.io/stefanprodan/podinfo:6.9.1",
  // The image has no entrypoint of its own, so the command leads.
  args: ["./podinfo", "--port=9898", "--port-metrics=9797", "--level=info"],
} as const satisfies Partial<AppSpec>;
