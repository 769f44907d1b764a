import type { AppSpec } from "./app-spec";
import { httpStandIn } from "./http-stand-in";

export const backend: AppSpec = {
  ...httpStandIn,
  name: "backend",
  summary: "The product's own logic, a FastAPI server",
  tier: "services",
  calls: ["analytics", "user-org", "vllm"],
  settings: { LOG_LEVEL: "info", PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" },
  generatedSecrets: { "field-encryption-key": 64 },
};
