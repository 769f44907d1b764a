import type { Checker } from "./check-schema";
import { regions, judgeRegion } from "./regions";
import { leavesGeography, replicaRegions } from "./replica-regions";
import { noReplica, replicaRegion } from "./schema/replica-region";
import type { Cloud, EnvironmentTier } from "./stack-config";

const path = "holdfast:replicaRegion";

export interface ReplicaSurroundings {
  readonly cloud: Cloud | undefined;
  readonly region: string | undefined;
  readonly tier: EnvironmentTier | undefined;
}

/**
 * Where copies of a stack's buckets go: production's, on clouds that copy. Undefined where there are none, or where it or
 * what it depends on has mistakes. Where it is not known, the stack has to say it: data goes nowhere by guess.
 */
export function resolveReplicaRegion(
  checker: Checker,
  value: unknown,
  { cloud, region, tier }: ReplicaSurroundings,
): string | undefined {
  const checked = value === undefined ? undefined : checker.check(replicaRegion, value, path);
  if (cloud === undefined || region === undefined || tier === undefined || checked?.ok === false) return undefined;
  const given = checked?.value;
  if (tier !== "production" || cloud === "linode") {
    if (given !== undefined && given !== noReplica) checker.add(path, given, needless(cloud, tier));
    return undefined;
  }
  const known = replicaRegions[cloud][region];
  if (given === undefined) {
    if (known !== undefined && !leavesGeography.includes(region)) return known;
    // A region that is newer than the list has earned its warning already, and goes without a copy until it is listed.
    if (regions[cloud].known.includes(region)) checker.add(path, "missing", missing(cloud, region, known));
    return undefined;
  }
  if (given === noReplica) return undefined;
  if (cloud === "azure" && given !== known) {
    const pair = known === undefined ? "none" : `${known}, or none`;
    checker.add(
      path,
      given,
      `On Azure a region's copies go to its pair, which nobody can choose. For ${region}: ${pair}.`,
    );
  } else if (given === region) {
    checker.add(path, given, `It is the stack's own region. Name another, or ${noReplica}.`);
  } else if (cloud === "aws") {
    checker.judge(path, given, judgeRegion(given, [cloud]));
  }
  return given;
}

/** What a stack on no cloud of ours must not say. */
export function checkNoReplicaRegion(checker: Checker, value: unknown): void {
  if (value === undefined) return;
  checker.add(path, "set on existing", "Its buckets are their owner's affair. Remove the key.");
}

const needless = (cloud: Cloud, tier: EnvironmentTier): string =>
  cloud === "linode"
    ? "Linode copies buckets to no other region. Remove the key; docs/buckets.md says what to do instead."
    : `Only production's buckets are copied, and this stack is of tier ${tier}. Remove the key.`;

const missing = (cloud: "aws" | "azure", region: string, known: string | undefined): string => {
  if (cloud === "azure") {
    return known === undefined
      ? `Required in production: ${region} is not known to have a pair. Write none, for copies in three zones only.`
      : `Required in production: the pair of ${region} is ${known}, in another geography. Write ${known}, or none.`;
  }
  return (
    `Required in production: no second region in the country of ${region} is known as of ${regions.aws.asOf}. Name one ` +
    `that the data may lie in too, or write none.`
  );
};
