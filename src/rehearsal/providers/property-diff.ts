import type { PropertyPath } from "./property-path";
import { isList, isProperties, unknown, type Value } from "./values";

/** One property that differs between what was asked for before and what is asked for now. */
export interface PropertyChange {
  readonly path: PropertyPath;
  readonly kind: "add" | "delete" | "update";
}

/**
 * The differences, at the deepest properties that differ. A value that is not known yet counts as changed: it may be.
 * Both sides are without secret marks. A null property and an absent one are the same.
 */
export const propertyDiff = (before: Value | undefined, after: Value | undefined): PropertyChange[] => {
  const changes: PropertyChange[] = [];
  collect(before, after, [], changes);
  return changes;
};

const collect = (
  before: Value | undefined,
  after: Value | undefined,
  path: PropertyPath,
  changes: PropertyChange[],
): void => {
  if (before === after && after !== unknown) return;
  const was = before ?? undefined;
  const is = after ?? undefined;
  if (was === undefined || is === undefined) {
    if (was !== is) changes.push({ path, kind: was === undefined ? "add" : "delete" });
    return;
  }
  if (isList(was) && isList(is)) {
    for (let index = 0; index < Math.max(was.length, is.length); index++) {
      collect(was[index], is[index], [...path, index], changes);
    }
    return;
  }
  if (isProperties(was) && isProperties(is)) {
    for (const name in was) collect(was[name], is[name], [...path, name], changes);
    for (const name in is) if (!(name in was)) collect(undefined, is[name], [...path, name], changes);
    return;
  }
  changes.push({ path, kind: "update" });
};
