import { propertyDiff } from "../property-diff";
import { isList, isProperties, isSecret, secret, type Properties, type Value } from "../values";

/**
 * What the program would have to declare to get the live object: its inputs, with what drifted. `expected` is what the
 * cluster would make of the inputs today, so that what it merely writes differently (1000m as 1) is no drift. Fields that
 * the program doesn't set are others' to set.
 */
export const driftedInputs = (old: Value, live: Value | undefined, expected: Value | undefined): Value | undefined => {
  if (isSecret(old)) {
    const inputs = driftedInputs(old.value, live, expected);
    return inputs === undefined ? undefined : secret(inputs);
  }
  if (propertyDiff(expected, live).length === 0) return old;
  if (live === undefined) return undefined;
  if (isList(old) && isList(live) && old.length === live.length) {
    const olds = isList(expected) ? expected : [];
    return live.map((item, index) => driftedInputs(old[index] ?? null, item, olds[index]) ?? item);
  }
  if (isProperties(old) && isProperties(live)) {
    const wanted: Properties = isProperties(expected) ? expected : {};
    const inputs: Record<string, Value> = {};
    for (const [name, value] of Object.entries(old)) {
      const drifted = driftedInputs(value, live[name], wanted[name]);
      if (drifted !== undefined) inputs[name] = drifted;
    }
    return inputs;
  }
  return live;
};
