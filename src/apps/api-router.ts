import type { AppSpec } from "./app-spec";
import { httpStandIn } from "./http-stand-in";

export const apiRouter: AppSpec = {
  ...httpStandIn,
  name: "api-router",
  summary: "The one way in for API calls, over HTTP and WebSocket",
  tier: "services",
  calls: ["analytics", "backend", "federated-coordinator", "user-org"],
  settings: { LOG_LEVEL: "info" },
  generatedSecrets: { "token-signing-key": 64 },
  // Long enough for clients of a WebSocket to be told, and to move to another pod, before theirs goes.
  terminationGracePeriodSeconds: 300,
};
