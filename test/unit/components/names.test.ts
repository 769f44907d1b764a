import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketLabel, checkedWorkloadName, lkeClusterLabel, namespaceName, poolTag } from "../../../components/shared";
import { namespaceTiers } from "../../../src/config/stack-config";

/** What the configuration lets an environment be called. */
const environment = fc.stringMatching(/^[a-z](?:-?[a-z0-9]){0,9}$/);

describe("physical names", () => {
  it("fit each service's own limits for every environment that there can be", () => {
    fc.assert(
      fc.property(environment, fc.constantFrom(...namespaceTiers), fc.domain(), (env, tier, domain) => {
        expect(lkeClusterLabel(env)).toMatch(/^[a-z0-9-]{1,32}$/);
        expect(poolTag(env)).toMatch(/^.{3,50}$/);
        expect(namespaceName(env, tier)).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
        expect(bucketLabel(env, "models", domain)).toMatch(/^[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$/);
      }),
    );
  });

  it("differ between owners, so that two customers' buckets don't collide", () => {
    expect(bucketLabel("production", "models", "a.example")).not.toBe(bucketLabel("production", "models", "b.example"));
    expect(bucketLabel("production", "models", "a.example")).toBe(bucketLabel("production", "models", "a.example"));
  });

  it.each(["", "Web", "1web", "web-", "web_1", "w".repeat(53)])("refuses the workload name %j", (name) => {
    expect(() => checkedWorkloadName(name)).toThrow(/^name: gives the name ".*allowed are 1 to 52/);
  });

  it("refuses an environment that makes a label too long, and says how long", () => {
    expect(() => lkeClusterLabel("e".repeat(24))).toThrow(/environment: .*\(33 characters\); allowed are 1 to 32/);
  });
});
