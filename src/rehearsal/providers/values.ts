/** A resource's properties as they travel between engine and provider: JSON, with two marks of Pulumi's own in it. */
export type Value = null | boolean | number | string | readonly Value[] | Properties;

export interface Properties {
  readonly [name: string]: Value;
}

/** Stands in an input for a value that is not known before the update; part of the engine's wire format. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks an object as more than JSON (a secret, an asset, a reference); part of the engine's wire format. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export const isProperties = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isSecret = (value: Value | undefined): value is { readonly value: Value } & Properties =>
  isProperties(value) && value[signatureKey] === secretSignature;

/** Marks a value as secret, so that the engine encrypts it in its state; a secret stays the one it is. */
export const secret = (value: Value): Value => (isSecret(value) ? value : { [signatureKey]: secretSignature, value });

/** The value without any secret mark, at every depth; the very same object where there was none. */
export const reveal = <V extends Value>(value: V): V => revealed(value) as V;

const revealed = (value: Value): Value => {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) {
    const items = value.map(revealed);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (isSecret(value)) return revealed(value.value);
  let changed = false;
  const plain: Record<string, Value> = {};
  for (const name in value) {
    const item = value[name] as Value;
    const open = revealed(item);
    if (open !== item) changed = true;
    plain[name] = open;
  }
  return changed ? plain : value;
};

/** Whether any part of the value satisfies the test; secrets are looked into. */
const some = (value: Value, test: (value: Value) => boolean): boolean => {
  if (test(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return (isList(value) ? value : Object.values(value)).some((item) => some(item, test));
};

export const hasUnknown = (value: Value): boolean => some(value, (part) => part === unknown);
export const hasSecret = (value: Value): boolean => some(value, isSecret);

/**
 * The outputs with every part secret that came in as a secret. Lists are matched by position; where their lengths
 * differ, positions prove nothing, so one secret item makes the whole list secret.
 */
export const keepSecrets = (inputs: Value | undefined, outputs: Value): Value => {
  if (inputs === undefined || isSecret(outputs)) return outputs;
  if (isSecret(inputs)) return secret(outputs);
  if (isList(inputs) && isList(outputs)) {
    if (inputs.length !== outputs.length) return hasSecret(inputs) ? secret(outputs) : outputs;
    return outputs.map((output, index) => keepSecrets(inputs[index], output));
  }
  if (isProperties(inputs) && isProperties(outputs)) {
    return mapValues(outputs, (output, name) => keepSecrets(inputs[name], output));
  }
  return outputs;
};

export const mapValues = (properties: Properties, map: (value: Value, name: string) => Value): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, map(value, name)]));

/** The properties that are there: what is undefined does not exist on the wire. */
export const present = (properties: Readonly<Record<string, Value | undefined>>): Properties =>
  Object.fromEntries(Object.entries(properties).filter((entry): entry is [string, Value] => entry[1] !== undefined));

/** The value as text for an error: short, and never one that is marked secret. */
export const shown = (value: Value): string => {
  if (hasSecret(value)) return "a secret";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

export const kindOf = (value: Value): string =>
  value === null ? "null" : isList(value) ? "list" : isProperties(value) ? "object" : typeof value;

/** A scalar as text; a list or an object, which no caller expects there, as JSON. */
export const textOf = (value: Value | undefined): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
