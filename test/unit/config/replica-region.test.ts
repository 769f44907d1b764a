import { describe, expect, it } from "vitest";
import { Checker } from "../../../src/config/check-schema";
import { leavesGeography, replicaRegions } from "../../../src/config/replica-regions";
import { checkNoReplicaRegion, resolveReplicaRegion } from "../../../src/config/resolve-replica-region";
import { regions } from "../../../src/config/regions";
import type { Cloud, EnvironmentTier } from "../../../src/config/stack-config";

const resolve = (cloud: Cloud, region: string, value?: unknown, tier: EnvironmentTier = "production") => {
  const checker = new Checker();
  const replica = resolveReplicaRegion(checker, value, { cloud, region, tier });
  return { replica, mistakes: checker.mistakes, warnings: checker.warnings };
};
const nowhere = { replica: undefined, mistakes: [], warnings: [] };

describe("where production's buckets are copied to", () => {
  it("is a region of the cloud's own, and never the same", () => {
    for (const [from, to] of Object.entries(replicaRegions.aws)) {
      expect(regions.aws.known).toEqual(expect.arrayContaining([from, to]));
      expect(to).not.toBe(from);
    }
    for (const [from, to] of Object.entries(replicaRegions.azure)) {
      expect(regions.azure.known).toContain(from);
      expect(to).not.toBe(from);
    }
  });

  it("is known of the regions that stacks are in by default", () => {
    expect(resolve("aws", regions.aws.default).replica).toBe("eu-central-1");
    expect(resolve("azure", regions.azure.default).replica).toBe("francesouth");
  });

  it("stays in the European Union, or in one country", () => {
    const union = ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"];
    for (const [from, to] of Object.entries(replicaRegions.aws)) {
      expect(union.includes(to)).toBe(union.includes(from));
      // A country with two regions: the same first two parts, but for Asia, where those of a country are known by name.
      if (!from.startsWith("ap-")) expect(to.slice(0, 2)).toBe(from.slice(0, 2));
    }
  });

  it("is nowhere in development and staging, nor on Linode", () => {
    expect(resolve("aws", "eu-west-3", undefined, "development")).toEqual(nowhere);
    expect(resolve("azure", "westeurope", undefined, "staging")).toEqual(nowhere);
    expect(resolve("linode", "fr-par")).toEqual(nowhere);
  });

  it("may be nowhere in production too, where the stack says so", () => {
    expect(resolve("aws", "eu-west-3", "none")).toEqual(nowhere);
    expect(resolve("azure", "italynorth", "none")).toEqual(nowhere);
  });

  it("is the stack's to say on AWS", () => {
    expect(resolve("aws", "sa-east-1", "us-east-1")).toEqual({ replica: "us-east-1", mistakes: [], warnings: [] });
  });

  it.each([
    ["aws", "sa-east-1", undefined, "Required in production"],
    ["aws", "eu-west-3", "eu-west-3", "the stack's own region"],
    ["aws", "eu-west-3", "eu-wets-1", "Did you mean eu-west-1?"],
    ["aws", "eu-west-3", "francecentral", "a region of azure"],
    ["azure", "italynorth", undefined, "not known to have a pair"],
    ["azure", "brazilsouth", undefined, "in another geography"],
    ["azure", "westeurope", "francecentral", "For westeurope: northeurope, or none."],
    ["linode", "fr-par", "de-fra-2", "docs/buckets.md"],
  ] as const)("on %s in %s is not %s", (cloud, region, value, help) => {
    const { mistakes } = resolve(cloud, region, value);
    expect(mistakes.map(({ path }) => path)).toEqual(["holdfast:replicaRegion"]);
    expect(mistakes[0]?.help).toContain(help);
  });

  it("is nowhere for a region that is newer than the list, which only earns a warning", () => {
    expect(resolve("aws", "eu-west-4")).toEqual(nowhere);
  });

  it("leaves the geography only where the stack says so", () => {
    for (const region of leavesGeography) {
      expect(resolve("azure", region).mistakes).toHaveLength(1);
      expect(resolve("azure", region, replicaRegions.azure[region])).toMatchObject({ mistakes: [] });
    }
  });

  it("is said in vain outside production, and on a cluster that is there already", () => {
    expect(resolve("aws", "eu-west-3", "eu-west-1", "staging").mistakes[0]?.help).toContain("tier staging");
    // Nowhere is what it is there anyway, and no mistake to say.
    expect(resolve("aws", "eu-west-3", "none", "staging")).toEqual(nowhere);
    const checker = new Checker();
    checkNoReplicaRegion(checker, undefined);
    expect(checker.mistakes).toEqual([]);
    checkNoReplicaRegion(checker, "eu-west-1");
    expect(checker.mistakes).toHaveLength(1);
  });
});
