import { didYouMean } from "./nearest-name";
import type { PropertyPath } from "./property-path";
import type { CheckFailure } from "./stand-in";
import { isList, isProperties, kindOf, shown, unknown, type Properties, type Value } from "./values";

/** What a property of a cloud's resource may be. */
export type Shape = AnyShape | ScalarShape | ListShape | MapShape | ObjectShape;

/** Not looked into. */
export interface AnyShape {
  readonly kind: "any";
}

export interface ScalarShape {
  readonly kind: "string" | "number" | "boolean";
  /** What is wrong with a known value of the right kind; undefined when nothing is. */
  readonly rule?: (value: never) => string | undefined;
}

export interface ListShape {
  /** The order of a set means nothing, and what is in it twice counts once. */
  readonly kind: "list" | "set";
  readonly element: Shape;
  readonly minItems?: number;
}

export interface MapShape {
  readonly kind: "map";
  readonly element: Shape;
}

export interface ObjectShape {
  readonly kind: "object";
  readonly properties: PropertyTable;
}

export type PropertyTable = Readonly<Record<string, Property>>;

export interface Property {
  readonly shape: Shape;
  readonly required?: boolean;
  /** A change makes a new resource. */
  readonly replaces?: boolean;
}

export const text = (rule?: (value: string) => string | undefined): ScalarShape =>
  rule === undefined ? { kind: "string" } : { kind: "string", rule };
export const number = (rule?: (value: number) => string | undefined): ScalarShape =>
  rule === undefined ? { kind: "number" } : { kind: "number", rule };
export const anything: AnyShape = { kind: "any" };
export const boolean: ScalarShape = { kind: "boolean" };
export const list = (element: Shape, minItems = 0): ListShape => ({ kind: "list", element, minItems });
export const set = (element: Shape): ListShape => ({ kind: "set", element });
export const map = (element: Shape): MapShape => ({ kind: "map", element });
export const object = (properties: PropertyTable): ObjectShape => ({ kind: "object", properties });

export const optional = (shape: Shape): Property => ({ shape });
export const required = (shape: Shape): Property => ({ shape, required: true });
export const replacing = (property: Property): Property => ({ ...property, replaces: true });

/** A rule for `text`: one of these values. */
export const oneOf =
  (...allowed: readonly string[]) =>
  (value: string): string | undefined =>
    allowed.includes(value)
      ? undefined
      : `found ${JSON.stringify(value)}, allowed: ${allowed.join(", ")}.${didYouMean(value, allowed)}`;

/** A rule for `number`: whole, and not below. */
export const atLeast =
  (minimum: number) =>
  (value: number): string | undefined =>
    Number.isInteger(value) && value >= minimum ? undefined : `found ${value}, wanted a whole number from ${minimum}`;

/** Every mistake in the properties. What is unknown yet is not judged; secret marks are off already. */
export const checkProperties = (
  properties: Properties,
  table: PropertyTable,
  at: PropertyPath = [],
): CheckFailure[] => {
  const failures: CheckFailure[] = [];
  for (const [name, value] of Object.entries(properties)) {
    const property = table[name];
    if (property === undefined) {
      const known = Object.keys(table);
      const reason = `no such property.${didYouMean(name, known)} Known: ${known.toSorted().join(", ")}.`;
      failures.push({ path: [...at, name], reason });
    } else if (value !== null) failures.push(...checkValue(value, property.shape, [...at, name]));
  }
  for (const [name, property] of Object.entries(table)) {
    if (property.required === true && (properties[name] ?? null) === null) {
      failures.push({ path: [...at, name], reason: "missing, and required" });
    }
  }
  return failures;
};

const checkValue = (value: Value, shape: Shape, path: PropertyPath): CheckFailure[] => {
  if (value === unknown) return [];
  switch (shape.kind) {
    case "any":
      return [];
    case "string":
    case "number":
    case "boolean": {
      if (typeof value !== shape.kind) return [mistyped(value, shape.kind, path)];
      const reason = shape.rule?.(value as never);
      return reason === undefined ? [] : [{ path, reason }];
    }
    case "list":
    case "set": {
      if (!isList(value)) return [mistyped(value, "list", path)];
      const failures = value.flatMap((item, index) => checkValue(item, shape.element, [...path, index]));
      if (value.length < (shape.minItems ?? 0)) {
        failures.push({ path, reason: `found ${value.length} items, wanted at least ${shape.minItems}` });
      }
      return failures;
    }
    case "map":
      if (!isProperties(value)) return [mistyped(value, "map", path)];
      return Object.entries(value).flatMap(([key, item]) => checkValue(item, shape.element, [...path, key]));
    case "object":
      return isProperties(value) ? checkProperties(value, shape.properties, path) : [mistyped(value, "object", path)];
  }
};

const mistyped = (value: Value, wanted: string, path: PropertyPath): CheckFailure => ({
  path,
  reason: `found a ${kindOf(value)} (${shown(value)}), wanted a ${wanted}`,
});

/** The value with each set in one order, so that two spellings of the same set are equal. */
export const canonical = (value: Value, shape: Shape): Value => {
  if (shape.kind === "set" && isList(value)) {
    const items = new Map(value.map((item) => [JSON.stringify(item), canonical(item, shape.element)]));
    return [...items].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
  if (shape.kind === "list" && isList(value)) return value.map((item) => canonical(item, shape.element));
  if (shape.kind === "object" && isProperties(value)) return canonicalProperties(value, shape.properties);
  return value;
};

export const canonicalProperties = (properties: Properties, table: PropertyTable): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const property = table[name];
      return [name, property === undefined ? value : canonical(value, property.shape)];
    }),
  );

/** Whether a change at this path makes a new resource. */
export const replacesAt = (path: PropertyPath, table: PropertyTable): boolean => {
  let shape: Shape = { kind: "object", properties: table };
  for (const step of path) {
    if (shape.kind === "object") {
      const property: Property | undefined = shape.properties[step];
      if (property === undefined) return false;
      if (property.replaces === true) return true;
      shape = property.shape;
    } else if (shape.kind === "list" || shape.kind === "set" || shape.kind === "map") shape = shape.element;
  }
  return false;
};
