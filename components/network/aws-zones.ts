import { inputError } from "../shared/input-error";

/**
 * Regions whose three zones are not a, b and c, by the letters that new accounts have. Zones are named by rule and not
 * asked for, because how many there are decides which resources there are, and that has to be known at preview. As
 * generally known on 2026-11-21, with no account at hand to ask: `aws ec2 describe-availability-zones` is the authority.
 */
const letters: Readonly<Record<string, readonly string[]>> = {
  "ap-northeast-1": ["a", "c", "d"],
  "ca-central-1": ["a", "b", "d"],
};

/** Regions that have only two zones for new accounts. */
const tooFew = ["us-west-1"];

/**
 * Three availability zones of a region.
 * @throws InputPropertyError where the text is no region's name, or the region has fewer than three
 */
export const zonesOf = (region: string): string[] => {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw inputError("region", `found "${region}"; wanted a region's name, for example eu-central-1.`);
  }
  if (tooFew.includes(region)) {
    throw inputError("region", `${region} has two availability zones only, and this wants three. Take us-west-2.`);
  }
  return (letters[region] ?? ["a", "b", "c"]).map((letter) => `${region}${letter}`);
};
