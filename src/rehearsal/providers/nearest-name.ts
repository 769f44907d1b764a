import { closest, distance } from "fastest-levenshtein";

/** The known name that a typo most likely meant; undefined when none is near enough to be a help. */
export const nearestName = (found: string, known: readonly string[]): string | undefined => {
  if (known.length === 0) return undefined;
  const nearest = closest(
    found.toLowerCase(),
    known.map((name) => name.toLowerCase()),
  );
  const name = known.find((candidate) => candidate.toLowerCase() === nearest);
  return distance(found.toLowerCase(), nearest) <= Math.max(2, found.length / 3) ? name : undefined;
};

/** `Did you mean label?`, or nothing. */
export const didYouMean = (found: string, known: readonly string[]): string => {
  const name = nearestName(found, known);
  return name === undefined ? "" : ` Did you mean ${name}?`;
};
