import type { AppSpec } from "./app-spec";
import { httpStandIn } from "./http-stand-in";

export const analytics: AppSpec = {
  ...httpStandIn,
  name: "analytics",
  summary: "Takes in events, answers with reports",
  tier: "services",
  calls: ["user-org"],
  resources: {
    requests: { cpu: "250m", memory: "1Gi", ephemeralStorage: "512Mi" },
    limits: { cpu: "1", memory: "2Gi", ephemeralStorage: "2Gi" },
    gpus: 0,
  },
  // Large reports are sorted on disk.
  writable: { "/tmp": "1Gi" },
  settings: { LOG_LEVEL: "info" },
  generatedSecrets: {},
};
