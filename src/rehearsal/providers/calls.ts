import type { FaultyCall } from "./faults";

/** One call of the engine to a provider. */
export interface CallRecord {
  readonly package: string;
  readonly method: FaultyCall;
  /** The type token, or the function's; for configure the provider's own. */
  readonly type: string;
  /** Empty where no resource is meant. */
  readonly urn: string;
  /** Undefined for calls that do not say: check, diff, read, delete, configure. */
  readonly preview: boolean | undefined;
}
