import type { Approval } from "./approvals";

/** One deployment, or an attempt at one: a line of the audit log. */
export interface AuditEntry {
  /** When it ended, ISO 8601, UTC. */
  readonly time: string;
  readonly stack: string;
  readonly commit: string;
  /** Who merged, and who started this attempt where that was someone else. */
  readonly startedBy: readonly string[];
  readonly decisions: readonly {
    readonly by: string;
    readonly state: string;
    readonly environments: readonly string[];
  }[];
  readonly result: string;
  /** How the update and the smoke test ended; `not run` where something before them did not let them begin. */
  readonly update: string;
  readonly smokeTest: string;
  /** The update's number in the stack's history; null where nothing was changed. */
  readonly version: number | null;
  readonly run: string;
}

/**
 * The entry, from what GitHub tells a job in its environment.
 *
 * @throws when one of the variables that make the entry worth keeping is missing
 */
export const auditEntry = (env: NodeJS.ProcessEnv, approvals: readonly Approval[], now: Date): AuditEntry => {
  const variable = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === "") throw new Error(`${name} is not set: found nothing, wanted a value.`);
    return value;
  };
  const step = (name: string): string => {
    const outcome = env[name];
    return outcome === undefined || outcome === "" || outcome === "skipped" ? "not run" : outcome;
  };
  const version = env["VERSION"];
  return {
    time: now.toISOString(),
    stack: variable("STACK"),
    commit: variable("GITHUB_SHA"),
    startedBy: [...new Set([variable("GITHUB_ACTOR"), variable("GITHUB_TRIGGERING_ACTOR")])],
    decisions: approvals.map(({ user, state, environments }) => ({
      by: user.login,
      state,
      environments: environments.map(({ name }) => name),
    })),
    result: variable("DEPLOYMENT"),
    update: step("UPDATE"),
    smokeTest: step("SMOKE_TEST"),
    version: version === undefined || version === "" ? null : Number(version),
    run: `${variable("GITHUB_SERVER_URL")}/${variable("GITHUB_REPOSITORY")}/actions/runs/${variable("GITHUB_RUN_ID")}/attempts/${variable("GITHUB_RUN_ATTEMPT")}`,
  };
};
