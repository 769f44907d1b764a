import { randomBytes, randomInt } from "node:crypto";
import { hash } from "bcryptjs";

import { atLeast, number, optional, replacing, required, text } from "../shape";
import { tableStandIn, type ResourceEntry } from "../table-package";
import { characterInputs, characterOutputs, checkCharacters, drawCharacters, keepers, unchanged } from "./characters";
import { adjectives, adverbs, nouns } from "./pet-words";
import { textOf } from "../values";

/**
 * Rounds, as a power of two: the fewest that bcrypt has. The real provider takes 10, to make guessing slow; this password
 * guards nothing, and at 10 its hash takes longer than all else that is done for it.
 */
const bcryptCost = 4;

const characterComputed = [
  "lower",
  "minLower",
  "minNumeric",
  "minSpecial",
  "minUpper",
  "number",
  "numeric",
  "special",
  "upper",
];

/** Nothing of these is anywhere but in Pulumi's state, so there is nothing to delete. */
const stateOnly = { read: unchanged, delete: () => undefined };

const randomPassword: ResourceEntry = {
  inputs: characterInputs,
  computed: [...characterComputed, "bcryptHash", "result"],
  secretOutputs: ["bcryptHash", "result"],
  checkTogether: checkCharacters,
  create: async (inputs) => {
    const result = drawCharacters(inputs);
    return { id: "none", outputs: { ...characterOutputs(inputs), result, bcryptHash: await hash(result, bcryptCost) } };
  },
  ...stateOnly,
};

const randomString: ResourceEntry = {
  inputs: characterInputs,
  computed: [...characterComputed, "result"],
  checkTogether: checkCharacters,
  create: (inputs) => {
    const result = drawCharacters(inputs);
    return { id: result, outputs: { ...characterOutputs(inputs), result } };
  },
  ...stateOnly,
};

const randomId: ResourceEntry = {
  inputs: {
    byteLength: replacing(required(number(atLeast(1)))),
    keepers,
    prefix: replacing(optional(text())),
  },
  computed: ["b64Std", "b64Url", "dec", "hex"],
  create: (inputs) => {
    const bytes = randomBytes(Number(inputs.byteLength));
    const prefix = textOf(inputs.prefix ?? "");
    const hex = bytes.toString("hex");
    const outputs = {
      ...inputs,
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + bytes.toString("base64url"),
      dec: prefix + BigInt(`0x${hex}`).toString(),
      hex: prefix + hex,
    };
    return { id: bytes.toString("base64url"), outputs };
  },
  ...stateOnly,
};

const randomPet: ResourceEntry = {
  inputs: {
    keepers,
    length: replacing(optional(number(atLeast(1)))),
    prefix: replacing(optional(text())),
    separator: replacing(optional(text())),
  },
  computed: ["length", "separator"],
  create: (inputs) => {
    const { length = 2, separator = "-" } = inputs;
    const words = [pick(nouns)];
    if (Number(length) > 1) words.unshift(pick(adjectives));
    while (words.length < Number(length)) words.unshift(pick(adverbs));
    const prefix = typeof inputs.prefix === "string" ? [inputs.prefix] : [];
    return { id: [...prefix, ...words].join(textOf(separator)), outputs: { ...inputs, length, separator } };
  },
  ...stateOnly,
};

const pick = (words: readonly string[]): string => words[randomInt(words.length)] as string;

/** The random provider, whose results live in Pulumi's state alone. */
export const random = tableStandIn({
  name: "random",
  version: "4.21.2",
  config: { version: optional(text()) },
  types: {
    "random:index/randomId:RandomId": randomId,
    "random:index/randomPassword:RandomPassword": randomPassword,
    "random:index/randomPet:RandomPet": randomPet,
    "random:index/randomString:RandomString": randomString,
  },
  functions: {},
});
