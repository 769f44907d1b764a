import { canonical, type Shape } from "./shape";
import { isList, isProperties, isSecret, reveal, secret, type Value } from "./values";

/**
 * What the program would have to say to get what the cloud has: the old inputs, with what drifted. Only properties that
 * the program set are looked at (the rest is the cloud's to fill in), except where there are no old inputs, on import:
 * then all that the shape has.
 */
export const inputsFromLive = (old: Value | undefined, live: Value | undefined, shape: Shape): Value | undefined => {
  if (live === undefined || live === null) return undefined;
  if (isSecret(old)) {
    const inputs = inputsFromLive(old.value, live, shape);
    return inputs === undefined ? undefined : secret(inputs);
  }
  if (old !== undefined && sameValue(old, live, shape)) return old;
  if (isList(live) && (shape.kind === "list" || shape.kind === "set")) {
    const olds = isList(old) ? old : [];
    return live.map((item, index) => inputsFromLive(olds[index], item, shape.element) ?? item);
  }
  if (isProperties(live) && shape.kind === "object") {
    const inputs: Record<string, Value> = {};
    for (const name of Object.keys(isProperties(old) ? old : shape.properties)) {
      const property = shape.properties[name];
      if (property === undefined) continue;
      const value = inputsFromLive(isProperties(old) ? old[name] : undefined, live[name], property.shape);
      if (value !== undefined && (old !== undefined || !isEmpty(value))) inputs[name] = value;
    }
    return inputs;
  }
  return live;
};

/** What a cloud says of a property that nobody set. */
const isEmpty = (value: Value): boolean =>
  value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

const sameValue = (old: Value, live: Value, shape: Shape): boolean =>
  JSON.stringify(canonical(reveal(old), shape)) === JSON.stringify(canonical(live, shape));
