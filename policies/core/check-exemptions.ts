import { resourceKey, type Exemption } from "./exemption";
import type { RuleFacts } from "./rule";

const millisecondsPerDay = 86_400_000;
/** A year, in days; what needs longer is to be looked at again. */
export const longestDays = 366;

/**
 * What is wrong with exemptions, each with how to put it right; nothing where all is well.
 *
 * @param today an exemption still holds on the day on which it expires, in UTC
 */
export const exemptionMistakes = (
  exemptions: readonly Exemption[],
  rules: readonly Pick<RuleFacts, "name">[],
  today: Date,
): readonly string[] => {
  const ruleNames = new Set(rules.map(({ name }) => name));
  return exemptions.flatMap((exemption, index) => {
    const mistakes = [
      ...(ruleNames.has(exemption.rule)
        ? []
        : [
            `no rule is called "${exemption.rule}"; policies/README.md names them all. Take the exemption away if its rule is gone.`,
          ]),
      ...breadthMistakes(exemption),
      ...expiryMistakes(exemption.expires, today),
      ...(["reason", "owner"] as const).flatMap((key) =>
        exemption[key].trim() === "" ? [`${key} is empty; say it, for whoever has to renew the exemption.`] : [],
      ),
      ...(exemptions.findIndex((other) => keyOf(other) === keyOf(exemption)) < index
        ? ["it is listed twice; take one away."]
        : []),
    ];
    return mistakes.map((mistake) => `${exemption.rule} for ${resourceKey(exemption.resource)}: ${mistake}`);
  });
};

const keyOf = ({ rule, resource }: Exemption): string => `${rule} ${resourceKey(resource)}`;

const exact = {
  kind: /^[A-Z][A-Za-z0-9]*$/,
  namespace: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
  name: /^[a-z0-9](?:[-a-z0-9.:]*[a-z0-9])?$/,
} as const;

/** An exemption is for one object: patterns and empty names would take in what nobody has looked at. */
const breadthMistakes = ({ resource }: Exemption): readonly string[] =>
  (["kind", "namespace", "name"] as const).flatMap((key) => {
    const value = resource[key];
    if (value === undefined || exact[key].test(value)) return [];
    return [`it is too broad: resource.${key} is "${value}". Name one object exactly, and add an exemption for each.`];
  });

const expiryMistakes = (expires: string, today: Date): readonly string[] => {
  const lastDay = Date.parse(`${expires}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(lastDay) || new Date(lastDay).toISOString().slice(0, 10) !== expires) {
    return [`expires is "${expires}"; write a day as 2027-10-31.`];
  }
  const firstMoment = Date.parse(today.toISOString().slice(0, 10));
  if (lastDay < firstMoment) {
    return [`it expired on ${expires}. Meet the rule, or look at the reason anew and give another day.`];
  }
  const days = (lastDay - firstMoment) / millisecondsPerDay;
  return days > longestDays
    ? [`expires is ${days} days ahead; at most ${longestDays} are allowed. Give a day within a year.`]
    : [];
};

/** @throws Error that lists every mistake: a pack with a wrong exemption judges nothing */
export const checkExemptions = (...args: Parameters<typeof exemptionMistakes>): void => {
  const mistakes = exemptionMistakes(...args);
  if (mistakes.length === 0) return;
  const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
  throw new Error(`policies/exemptions.ts: ${count}\n${mistakes.map((mistake) => `  ${mistake}`).join("\n")}`);
};
