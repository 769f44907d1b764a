import { z } from "zod";

import { suggest } from "../mistake";
import { quantityPattern } from "../quantity";

/** One of some words; a typo is answered with the nearest of them. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, {
    error: ({ input }) => {
      if (input === undefined) return undefined;
      return typeof input === "string" ? suggest(input, words) : `Wanted one of: ${words.join(", ")}.`;
    },
  });
}

/** A name that becomes part of a Kubernetes object's: a DNS label, short enough to be a prefix or a suffix. */
export const label = z.string().regex(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/, {
  error: "Wanted a DNS label: lower-case letters, digits and dashes, from a letter to a letter or digit, at most 20.",
});

/** @see https://www.rfc-editor.org/rfc/rfc1123#section-2 */
export const dnsName = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;

/** A Kubernetes quantity; a bare number is taken as one. */
export function quantityOf(example: string) {
  const error = `Wanted a Kubernetes quantity, for example ${example}.`;
  return z
    .union([z.string().regex(quantityPattern, { error }), z.number().nonnegative().max(1e12)], { error })
    .transform(String);
}

/** For a map of two bounds. */
export function minBelowMax({
  value,
  issues,
}: z.core.ParsePayload<{ min?: number | undefined; max?: number | undefined }>) {
  if (value.min === undefined || value.max === undefined || value.min <= value.max) return;
  const message = `It is above max, which is ${value.max}.`;
  issues.push({ code: "custom", input: value.min, path: ["min"], message, continue: true });
}

/** How many: a whole number from `min` to `max`. */
export function count(min: number, max: number) {
  const error = `Wanted a whole number from ${min} to ${max}.`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}
