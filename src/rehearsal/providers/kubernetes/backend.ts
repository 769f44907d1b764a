import type { CheckFailure } from "../stand-in";
import type { Properties } from "../values";
import type { ObjectKind } from "./kinds";
import type { ObjectName } from "./object";

/** A cluster's API, real or simulated, as far as the provider needs it. Objects are plain: no secret marks, no nulls. */
export interface ClusterBackend {
  /** Mistakes that can be seen in the object alone; unknown values may be in it. */
  check(kind: ObjectKind, object: Properties): Promise<readonly CheckFailure[]> | readonly CheckFailure[];
  /** What the cluster would make of it, without making it; undefined where it cannot tell yet. */
  preview(kind: ObjectKind, object: Properties, options: ApplyOptions): Promise<Properties | undefined>;
  /**
   * Makes the object, or brings it to what it now says, and waits until it is ready.
   * @throws ObjectNotReadyError with the live object, when it doesn't become ready in time
   */
  apply(kind: ObjectKind, object: Properties, options: ApplyOptions): Promise<Properties>;
  /** What the cluster would keep of this object today; undefined where it would not take it. */
  expected(kind: ObjectKind, object: Properties): Promise<Properties | undefined>;
  /** The live object; undefined when there is none. @throws UnreachableError */
  read(kind: ObjectKind, name: ObjectName): Promise<Properties | undefined>;
  /** Deletes it and waits until it is gone; nothing to do when it is. @throws UnreachableError */
  delete(kind: ObjectKind, name: ObjectName, options: WaitOptions): Promise<void>;
}

export interface WaitOptions {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Seconds to wait at most. */
  readonly timeout: number;
  readonly skipAwait: boolean;
}

export interface ApplyOptions extends WaitOptions {
  /** The object is to be made; false where it is to be changed. */
  readonly mustBeNew: boolean;
  /** An object that is there already may be taken over. */
  readonly upsert: boolean;
  /** There are secrets in it, whatever its kind. */
  readonly sensitive: boolean;
  /** Take over fields that another manager owns. */
  readonly force: boolean;
}

/** Kubernetes took the object, and it did not become what it should. */
export class ObjectNotReadyError extends Error {
  constructor(
    readonly live: Properties,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("; "));
  }
}

/** What the API server answers when a creation meets an object of that name. */
export const alreadyExists = (kind: ObjectKind, id: string): Error =>
  new Error(
    `${kind.kind} ${id} already exists in this cluster. Import it (pulumi import), or set upsertExistingObjects on the ` +
      "provider where objects that are already there may be taken over.",
  );
