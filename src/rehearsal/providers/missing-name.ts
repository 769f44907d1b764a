import type { CheckFailure } from "./stand-in";
import type { Properties } from "./values";

/** The real providers make up a name that isn't given. A rehearsal's state would then differ from run to run. */
export const missingName = (inputs: Properties, name: string): CheckFailure[] =>
  (inputs[name] ?? null) === null
    ? [{ path: [name], reason: "missing: the rehearsal makes no such name up; give it" }]
    : [];
