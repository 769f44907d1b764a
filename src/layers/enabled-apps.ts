import { RunError } from "@pulumi/pulumi";
import type { AppSpec } from "../apps/app-spec";
import type { AppConfig, StackConfig } from "../config/stack-config";

/** A service that is switched on: what it is, and what this environment says of it. */
export interface EnabledApp {
  readonly spec: AppSpec;
  readonly config: AppConfig;
}

/** @throws RunError for a service that the catalogue doesn't have */
export const enabledApps = (config: StackConfig, catalogue: Readonly<Record<string, AppSpec>>): readonly EnabledApp[] =>
  Object.entries(config.apps).map(([name, app]) => {
    const spec = catalogue[name];
    if (spec) return { spec, config: app };
    throw new RunError(`No service ${name} in src/apps. Known: ${Object.keys(catalogue).join(", ")}.`);
  });
