import { distance } from "fastest-levenshtein";

import { awsRegions } from "./aws-regions";
import { azureRegions } from "./azure-regions";
import type { Verdict } from "./check-schema";
import { linodeRegions } from "./linode-regions";
import { suggest } from "./mistake";
import { clouds, type Cloud } from "./stack-config";

/** The regions of a cloud, which change: a name that only looks like one may be newer than the list. */
export interface CloudRegions {
  readonly known: readonly string[];
  /** When the list was made, for the warning. */
  readonly asOf: string;
  /** What names of regions look like there. */
  readonly pattern: RegExp;
  /** Where a stack goes that says no more than the cloud: Paris, on each. */
  readonly default: string;
}

export const regions: Readonly<Record<Cloud, CloudRegions>> = {
  linode: { known: linodeRegions, asOf: "2026-11-21", pattern: /^[a-z]{2}-[a-z]+(-\d)?$/, default: "fr-par" },
  aws: { known: awsRegions, asOf: "2026-11-21", pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, default: "eu-west-3" },
  azure: { known: azureRegions, asOf: "2026-11-21", pattern: /^[a-z]{5,}\d?$/, default: "francecentral" },
};

/**
 * Whether a cloud has a region. What the list has is right; what is nearly one of them is a typo; what has the form of a
 * region may be newer than the list, and only earns a warning; all else is wrong.
 * @param on the clouds that it may be of: all of them, where the stack's own is not known
 */
export function judgeRegion(name: string, on: readonly Cloud[]): Verdict {
  const known = on.flatMap((cloud) => regions[cloud].known);
  if (known.includes(name)) return { kind: "fine" };

  if (name === "us-west-1" && on.includes("aws")) {
    return { kind: "wrong", help: "It has two availability zones only, and the platform takes three. Take us-west-2." };
  }
  const owner = clouds.find((cloud) => regions[cloud].known.includes(name));
  if (owner !== undefined) return { kind: "wrong", help: `It is a region of ${owner}. ${suggest(name, known)}` };

  const zone = /^(?<region>[a-z]{2}(-[a-z]+)+-\d)[a-z]$/.exec(name)?.groups?.["region"];
  if (zone !== undefined) {
    return { kind: "wrong", help: `It is a zone, and the platform takes three of a region's. Write ${zone}.` };
  }
  const [typo] = known
    .filter((region) => isTypo(name, region))
    .sort((a, b) => distance(name.slice(0, 100), a) - distance(name.slice(0, 100), b));
  if (typo !== undefined) return { kind: "wrong", help: `Did you mean ${typo}?` };

  const cloud = on.find((one) => regions[one].pattern.test(name));
  if (cloud === undefined) return { kind: "wrong", help: suggest(name, known) };
  return {
    kind: "doubtful",
    help: `Not in the list of ${cloud}'s regions as of ${regions[cloud].asOf}. If it is newer, all is well.`,
  };
}

/** A letter or two off, or two of them swapped. Another number is none: that is how clouds name their next region. */
function isTypo(name: string, region: string): boolean {
  const [letters, knownLetters] = [name, region].map((text) => text.slice(0, 100).toLowerCase().replace(/-?\d$/, ""));
  if (letters === undefined || knownLetters === undefined) return false;
  if (letters === knownLetters) return name !== name.toLowerCase();
  if (sorted(letters) === sorted(knownLetters)) return true;
  return distance(letters, knownLetters) <= (knownLetters.length < 10 ? 1 : 2);
}

const sorted = (text: string): string => Array.from(text).sort().join("");
