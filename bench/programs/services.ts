import { join } from "node:path";
import type { AppSpec } from "../../src/apps";
import { backend } from "../../src/apps/backend";
import { parseStackFile, type AppConfig, type StackConfig } from "../../src/config";
import { repository } from "../repository";

/** An environment with as many services as wanted. */
export interface ManyServices {
  readonly config: StackConfig;
  readonly apps: Readonly<Record<string, AppSpec>>;
}

/**
 * The development environment with `count` copies of `backend` in place of its services. Each calls the next, so that the
 * connections, and with them the NetworkPolicies and settings, grow with the number of services and no faster.
 *
 * @throws when the development stack file has mistakes
 */
export const manyServices = (count: number): ManyServices => {
  const file = parseStackFile(join(repository, "Pulumi.development.yaml"));
  if (!file.ok) throw new Error(file.report);
  const development = file.config.apps[backend.name];
  if (development === undefined) throw new Error("Pulumi.development.yaml: backend is off, and the bench copies it.");
  const names = Array.from({ length: count }, (_, index) => `svc-${String(index + 1).padStart(4, "0")}`);
  const apps = names.map((name, index): AppSpec => {
    const next = names[index + 1];
    return { ...backend, name, calls: next === undefined ? [] : [next] };
  });
  return {
    config: {
      ...file.config,
      apps: Object.fromEntries(names.map((name): [string, AppConfig] => [name, development])),
    },
    apps: Object.fromEntries(apps.map((app) => [app.name, app])),
  };
};
