import type { AppSpec } from "./app-spec";
import { httpStandIn } from "./http-stand-in";

export const userOrg: AppSpec = {
  ...httpStandIn,
  name: "user-org",
  summary: "Users, organisations and what each may do",
  tier: "services",
  calls: [],
  settings: { LOG_LEVEL: "info" },
  generatedSecrets: { "session-key": 64 },
};
