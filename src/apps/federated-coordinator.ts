import type { AppSpec } from "./app-spec";
import { httpStandIn } from "./http-stand-in";

export const federatedCoordinator: AppSpec = {
  ...httpStandIn,
  name: "federated-coordinator",
  summary: "Runs the rounds of federated learning and joins the clients' updates",
  tier: "services",
  calls: ["user-org"],
  resources: {
    requests: { cpu: "500m", memory: "1Gi", ephemeralStorage: "1Gi" },
    limits: { cpu: "1", memory: "2Gi", ephemeralStorage: "3Gi" },
    gpus: 0,
  },
  // Updates of the round in progress.
  writable: { "/tmp": "128Mi", "/var/lib/rounds": "2Gi" },
  settings: { LOG_LEVEL: "info" },
  generatedSecrets: { "aggregation-key": 64 },
  // A round's joining is not cut off half-way.
  terminationGracePeriodSeconds: 120,
};
