import type { Properties } from "./values";

/** The package has no such resource type or function in this rehearsal. */
export class UnknownTokenError extends Error {}

/** The provider was asked for something before it was configured, or with arguments that cannot work. */
export class ConfigurationError extends Error {}

/** A cluster that cannot be reached, so that nothing is known about what it holds. */
export class UnreachableError extends Error {}

/**
 * The object was made, but did not become what was asked for. The engine keeps it in its state, so that the next
 * update repairs or replaces it instead of making a second one.
 */
export class NotReadyError extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Properties,
    readonly inputs: Properties,
    readonly reasons: readonly string[],
  ) {
    super(`${id} is not ready: ${reasons.join("; ")}`);
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
