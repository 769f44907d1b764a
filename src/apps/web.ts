import type { AppSpec } from "./app-spec";
import { httpStandIn } from "./http-stand-in";

export const web: AppSpec = {
  ...httpStandIn,
  name: "web",
  summary: "The user interface, a Next.js server",
  tier: "frontend",
  calls: ["api-router"],
  // Next.js keeps rendered pages and optimised images here.
  writable: { "/tmp": "128Mi", "/app/.next/cache": "512Mi" },
  settings: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", LOG_LEVEL: "info" },
  generatedSecrets: { "cookie-key": 64 },
};
