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

/** A region's zones by rule, three; none for text that is no region's name, or for a region that has fewer. */
export const zoneNames = (region: string): string[] =>
  isRegion(region) && !tooFew.includes(region)
    ? (letters[region] ?? ["a", "b", "c"]).map((letter) => `${region}${letter}`)
    : [];

export const isRegion = (text: string): boolean => /^[a-z]{2}(-[a-z]+)+-\d$/.test(text);
