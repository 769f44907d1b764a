import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { duplicates, orphans } from "../../src/rehearsal/inventory";
import { failure, making, openFixture, type Fixture } from "./providers-fixture";

const clusterType = "linode:index/lkeCluster:LkeCluster";
const poolType = "linode:index/lkeNodePool:LkeNodePool";
const nodeType = "kubernetes:core/v1:Node";

interface ClusterOptions {
  readonly count?: number;
  readonly region?: string;
  readonly label?: string;
  readonly externalPoolTags?: string[];
  readonly tags?: string[];
}

const cluster = ({ count = 3, region = "fr-par", label = "unit", ...rest }: ClusterOptions = {}) =>
  new linode.LkeCluster("cluster", {
    label,
    region,
    k8sVersion: "1.35",
    pools: [{ type: "g6-standard-8", count }],
    ...rest,
  });

describe("the linode stand-in, with the real engine", { timeout: 120_000 }, () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await openFixture();
  });
  afterEach(async () => {
    await fixture.close();
  });

  it("shows outputs as unknown at preview and makes nothing then", async () => {
    const seen: boolean[] = [];
    const stack = await fixture.stack(async () => {
      const made = cluster();
      for (const output of [made.kubeconfig, made.id, made.status]) {
        seen.push(await (output as unknown as { isKnown: Promise<boolean> }).isKnown);
      }
      seen.push(await (made.label as unknown as { isKnown: Promise<boolean> }).isKnown);
    });
    await stack.preview();
    expect(seen).toEqual([false, false, false, true]);
    expect(fixture.inventory.list()).toEqual([]);
    expect(fixture.providers.calls.filter(({ method }) => method === "create").map(({ preview }) => preview)).toEqual([
      true,
    ]);
  });

  it("makes a cluster with its nodes, changes nothing the second time, updates in place, replaces, and destroys", async () => {
    const program = (options?: ClusterOptions) => () => Promise.resolve({ id: cluster(options).id });
    const created = await (await fixture.stack(program())).up();
    expect(fixture.inventory.list({ type: nodeType })).toHaveLength(3);
    const again = await (await fixture.stack(program())).up();
    expect(again.summary.resourceChanges).toEqual({ same: 2 });

    const grown = await (await fixture.stack(program({ count: 5 }))).up();
    expect(grown.summary.resourceChanges).toEqual({ same: 1, update: 1 });
    expect(grown.outputs.id?.value).toBe(created.outputs.id?.value);
    const nodes = fixture.inventory.list({ type: nodeType });
    expect(nodes).toHaveLength(5);
    expect(nodes[0]?.properties).toMatchObject({
      metadata: {
        labels: { "topology.kubernetes.io/region": "fr-par", "node.kubernetes.io/instance-type": "g6-standard-8" },
      },
      status: { capacity: { cpu: "8" } },
    });

    const stack = await fixture.stack(program({ count: 5, region: "nl-ams", label: "moved" }));
    const moved = await stack.up();
    expect(moved.summary.resourceChanges).toMatchObject({ replace: 1 });
    expect(moved.outputs.id?.value).not.toBe(created.outputs.id?.value);
    expect(fixture.inventory.list({ type: clusterType })).toHaveLength(1);

    await stack.destroy();
    expect(fixture.inventory.list()).toEqual([]);
  });

  it("keeps secrets out of the state file and out of the inventory's files", async () => {
    const secrets: string[] = [];
    const stack = await fixture.stack(() => {
      const key = new linode.ObjectStorageKey("key", { label: "models" });
      const password = new random.RandomPassword("password", { length: 24 });
      pulumi
        .all([cluster().kubeconfig, key.secretKey, password.result, password.bcryptHash])
        .apply((values) => secrets.push(...values));
      return Promise.resolve();
    });
    await stack.up();
    const token = /"token": "(\w+)"/.exec(Buffer.from(secrets[0] ?? "", "base64").toString())?.[1] ?? "";
    expect(token).toHaveLength(48);
    const { readFileSync } = await import("node:fs");
    const disk = fixture.stateFile() + readFileSync(`${fixture.directory}/inventory/journal.jsonl`, "utf8");
    for (const value of [...secrets, token]) {
      expect(value.length).toBeGreaterThan(20);
      expect(disk).not.toContain(value);
    }
  });

  it("sees drift and deletions at refresh, and repairs them", async () => {
    const stack = await fixture.stack(() => Promise.resolve({ tags: cluster({ tags: ["platform"] }).tags }));
    await stack.up();
    const [record] = fixture.inventory.list({ type: clusterType });
    if (record === undefined) throw new Error("no cluster");
    fixture.inventory.patch(record, { tags: ["somebody-else"] });
    expect((await stack.refresh()).summary.resourceChanges).toMatchObject({ update: 1 });
    expect((await stack.up()).summary.resourceChanges).toMatchObject({ update: 1 });
    expect(fixture.inventory.get(record)?.properties.tags).toEqual(["platform"]);

    fixture.inventory.remove(record);
    expect((await stack.refresh()).summary.resourceChanges).toMatchObject({ delete: 1 });
    expect((await stack.up()).summary.resourceChanges).toMatchObject({ create: 1 });
  });

  it("reports every mistake of a resource by property before anything is made", async () => {
    const stack = await fixture.stack(() => {
      new linode.LkeCluster("cluster", {
        label: "x",
        region: "fr-pra",
        k8sVersion: "1.35",
        pools: [{ type: "g1-gpu-rtx6000-1", count: 0, lables: {} }],
      } as unknown as linode.LkeClusterArgs);
      return Promise.resolve();
    });
    const message = await failure(stack.preview());
    for (const part of [
      "label",
      "Did you mean fr-par?",
      "pools[0].type",
      "blackwell",
      "pools[0].count",
      "Did you mean labels?",
    ]) {
      expect(message).toContain(part);
    }
    expect(fixture.inventory.list()).toEqual([]);
  });

  it("refuses a second cluster of the same label, as the API does", async () => {
    await (
      await fixture.stack(
        making(() => cluster()),
        "one",
      )
    ).up();
    const message = await failure(
      (
        await fixture.stack(
          making(() => cluster()),
          "two",
        )
      ).up(),
    );
    expect(message).toContain("Label must be unique");
    expect(duplicates(fixture.inventory)).toEqual([]);
  });

  it("deletes a separate pool at the cluster's next update, unless its tag is among the external ones", async () => {
    const own = (options: ClusterOptions) => () => Promise.resolve({ id: cluster(options).id });
    const first = await (await fixture.stack(own({ externalPoolTags: ["member"] }), "owner")).up();
    const clusterId = Number(first.outputs.id?.value);
    const members = await fixture.stack(() => {
      for (const tag of ["member", "stranger"]) {
        new linode.LkeNodePool(tag, { clusterId, type: "g6-standard-2", nodeCount: 1, tags: [tag], labels: { tag } });
      }
      return Promise.resolve();
    }, "member");
    await members.up();
    expect(fixture.inventory.list({ type: nodeType })).toHaveLength(5);

    await (await fixture.stack(own({ externalPoolTags: ["member"], count: 4 }), "owner")).up();
    const pools = fixture.inventory.list({ type: poolType }).map(({ properties }) => properties.tags);
    expect(pools).toEqual([[], ["member"]]);
    expect(fixture.inventory.list({ type: nodeType })).toHaveLength(5);
    expect((await members.refresh()).summary.resourceChanges).toMatchObject({ delete: 1 });
  });

  it("answers data sources and names the property of a wrong argument", async () => {
    const stack = await fixture.stack(async () => {
      const region = await linode.getRegion({ id: "fr-par" });
      const versions = await linode.getLkeVersions();
      return { country: region.country, newest: versions.versions?.[0]?.id };
    });
    const { outputs } = await stack.up();
    expect([outputs.country?.value, outputs.newest?.value]).toEqual(["fr", "1.35"]);
    const wrong = await fixture.stack(making(() => linode.getRegion({ id: "fr-prr" })));
    expect(await failure(wrong.preview())).toContain("Did you mean fr-par?");
  });

  it("names an unknown type and an unknown function, and where to add them", async () => {
    const type = await fixture.stack(making(() => new linode.Domain("d", { domain: "a.example", type: "master" })));
    expect(await failure(type.preview())).toMatch(/linode:index\/domain:Domain.*src\/rehearsal\/providers\/linode/s);
    const token = await fixture.stack(making(() => linode.getAccount()));
    expect(await failure(token.preview())).toMatch(/getAccount.*src\/rehearsal\/providers\/linode/s);
  });

  it("imports by id alone", async () => {
    const made = await (await fixture.stack(() => Promise.resolve({ id: cluster().id }), "first")).up();
    const id = String(made.outputs.id?.value);
    const adopting = await fixture.stack(
      making(
        () =>
          new linode.LkeCluster(
            "cluster",
            { label: "unit", region: "fr-par", k8sVersion: "1.35", pools: [{ type: "g6-standard-8", count: 3 }] },
            { import: id, ignoreChanges: ["pools", "controlPlane", "tier", "aplEnabled"] },
          ),
      ),
      "second",
    );
    expect((await adopting.up()).summary.resourceChanges).toMatchObject({ import: 1 });
    expect(fixture.inventory.list({ type: clusterType })).toHaveLength(1);
  });

  it("draws random results once, and anew when length or keepers change", async () => {
    const program = (length: number, keeper: string) => () => {
      const text = new random.RandomString("text", {
        length,
        keepers: { keeper },
        special: false,
        upper: false,
        minNumeric: 2,
      });
      return Promise.resolve({ text: text.result, pet: new random.RandomPet("pet").id });
    };
    const run = async (length: number, keeper: string) =>
      (await (await fixture.stack(program(length, keeper))).up()).outputs;
    const first = await run(12, "a");
    expect(first.text?.value).toMatch(/^[a-z0-9]{12}$/);
    const second = await run(12, "b");
    expect(second.text?.value).not.toBe(first.text?.value);
    expect(second.pet?.value).toBe(first.pet?.value);
    expect((await run(14, "b")).text?.value).toHaveLength(14);
  });
});

describe("injected faults", { timeout: 120_000 }, () => {
  const buckets = () => {
    for (let index = 0; index < 12; index++) {
      new linode.ObjectStorageBucket(`b${index}`, { label: `bucket-${index}`, region: "fr-par" });
    }
    return Promise.resolve();
  };
  const bucketType = "linode:index/objectStorageBucket:ObjectStorageBucket";

  /** Which of the buckets a run with this seed makes. */
  const madeWith = async (seed: number): Promise<string[]> => {
    const rules = [{ type: bucketType, call: "create" as const, probability: 0.5, error: "the API is down" }];
    const fixture = await openFixture({ faults: { seed, rules } });
    try {
      await failure((await fixture.stack(buckets)).up({ continueOnError: true }));
      return fixture.inventory
        .list({ type: bucketType })
        .map(({ label }) => label)
        .toSorted();
    } finally {
      await fixture.close();
    }
  };

  it("hit the same resources for the same seed", async () => {
    const [first, second, other] = [await madeWith(7), await madeWith(7), await madeWith(8)];
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(12);
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("after their effect leave an orphan, which shows", async () => {
    const rules = [
      { type: bucketType, call: "create" as const, nth: 1, error: "connection lost", effect: "after" as const },
    ];
    const fixture = await openFixture({ faults: { seed: 1, rules } });
    try {
      const stack = await fixture.stack(
        making(() => new linode.ObjectStorageBucket("bucket", { label: "models", region: "fr-par" })),
      );
      expect(await failure(stack.up())).toContain("connection lost");
      const state = JSON.parse(fixture.stateFile()) as {
        checkpoint: { latest: { resources?: { type: string; id?: string }[] } };
      };
      const known = (state.checkpoint.latest.resources ?? []).flatMap(({ type, id }) =>
        id === undefined ? [] : [{ type, id }],
      );
      expect(orphans(fixture.inventory, known).map(({ label }) => label)).toEqual(["models"]);
      expect(await failure(stack.up())).toContain("already");
    } finally {
      await fixture.close();
    }
  });
});
