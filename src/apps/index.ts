import { analytics } from "./analytics";
import { apiRouter } from "./api-router";
import type { AppSpec } from "./app-spec";
import { backend } from "./backend";
import { federatedCoordinator } from "./federated-coordinator";
import { userOrg } from "./user-org";
import { vllm } from "./vllm";
import { web } from "./web";

export type { AppSpec, InferenceSpec, ProbeSpec, ResourceProfile } from "./app-spec";

/** The platform's services, by name. A stack file switches them on and says what differs by environment. */
export const apps: Readonly<Record<string, AppSpec>> = Object.fromEntries(
  [analytics, apiRouter, backend, federatedCoordinator, userOrg, vllm, web].map((app) => [app.name, app]),
);
