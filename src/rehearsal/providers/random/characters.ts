import { randomInt } from "node:crypto";

import { atLeast, boolean, map, number, optional, replacing, required, text, type PropertyTable } from "../shape";
import type { CheckFailure } from "../stand-in";
import { isProperties, type Properties } from "../values";

/** What RandomPassword and RandomString share: text drawn from classes of characters, with a minimum of each. */

/** Arbitrary values whose change makes a new result. */
export const keepers = replacing(optional(map(text())));

const flag = replacing(optional(boolean));
const minimum = replacing(optional(number(atLeast(0))));

export const characterInputs: PropertyTable = {
  keepers,
  length: replacing(required(number(atLeast(1)))),
  lower: flag,
  minLower: minimum,
  minNumeric: minimum,
  minSpecial: minimum,
  minUpper: minimum,
  number: flag,
  numeric: flag,
  overrideSpecial: replacing(optional(text())),
  special: flag,
  upper: flag,
};

const defaultSpecial = "!@#$%&*()-_=+[]{}<>:?";

/** The classes in use, each with its characters and how many of it there must be. */
const classesOf = (inputs: Properties): { readonly characters: string; readonly min: number }[] => {
  const on = (...names: readonly string[]): boolean => names.every((name) => (inputs[name] ?? true) !== false);
  const min = (name: string): number => Number(inputs[name] ?? 0);
  const special = typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : defaultSpecial;
  return [
    { characters: "abcdefghijklmnopqrstuvwxyz", min: min("minLower"), on: on("lower") },
    { characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", min: min("minUpper"), on: on("upper") },
    { characters: "0123456789", min: min("minNumeric"), on: on("numeric", "number") },
    { characters: special, min: min("minSpecial"), on: on("special") },
  ].filter((entry) => entry.on);
};

export const checkCharacters = (inputs: Properties): CheckFailure[] => {
  const classes = classesOf(inputs);
  if (classes.every(({ characters }) => characters === "")) {
    return [
      { path: ["length"], reason: "every class of characters is switched off, so there is nothing to draw from" },
    ];
  }
  const least = classes.reduce((sum, { min }) => sum + min, 0);
  if (typeof inputs.length !== "number" || inputs.length >= least) return [];
  return [{ path: ["length"], reason: `found ${inputs.length}, but the minimums of its classes add up to ${least}` }];
};

/** Characters drawn by the system's generator, the required ones at random places. */
export const drawCharacters = (inputs: Properties): string => {
  const classes = classesOf(inputs);
  const all = classes.map(({ characters }) => characters).join("");
  const drawn = classes.flatMap(({ characters, min }) => Array.from({ length: min }, () => pick(characters)));
  while (drawn.length < Number(inputs.length)) drawn.push(pick(all));
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [drawn[last], drawn[other]] = [drawn[other] as string, drawn[last] as string];
  }
  return drawn.join("");
};

const pick = (characters: string): string => characters.charAt(randomInt(characters.length));

/** The outputs besides the result: what was asked for, with the defaults filled in. */
export const characterOutputs = (inputs: Properties): Properties => ({
  lower: true,
  upper: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
  ...inputs,
  numeric: inputs.numeric ?? inputs.number ?? true,
  number: inputs.number ?? inputs.numeric ?? true,
});

/** For reading: nobody can change what was drawn, so what Pulumi has is what is. */
export const unchanged = (_id: string, _services: unknown, state: Properties | undefined): Properties | undefined =>
  isProperties(state) ? state : undefined;
