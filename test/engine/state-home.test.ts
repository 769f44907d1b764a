import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Inventory } from "../../src/rehearsal/inventory";
import { silent } from "../../src/rehearsal/progress";
import { SimulatedClusterHost, startProviders } from "../../src/rehearsal/providers";
import { rehearseStateHome } from "../../src/state/rehearse";
import type { StateHomeRequest } from "../../src/state/request";
import { makeStateHome } from "../../src/state/state-home";
import { repository, scratch } from "../support/rehearsal";

let folder: ReturnType<typeof scratch>;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

const linode: StateHomeRequest = { cloud: "linode", region: "fr-par", name: "acme" };
const common = () => ({
  repository,
  root: folder.path,
  signal: new AbortController().signal,
  progress: silent,
  verbose: false,
});

it.each<[StateHomeRequest, string, string]>([
  [linode, "pulumi login 's3://holdfast-state-acme-", "--secrets-provider='passphrase'"],
  [
    { cloud: "aws", region: "eu-west-3", name: "acme" },
    "?region=eu-west-3&awssdk=v2'",
    "--secrets-provider='awskms://alias/holdfast-state-acme?region=eu-west-3'",
  ],
  [
    { cloud: "azure", region: "francecentral", name: "acme" },
    "pulumi login 'azblob://pulumi-state?storage_account=hfstacme",
    "vault.azure.net/keys/pulumi-secrets'",
  ],
])("makes a state home, settles, and says how to log in: %o", async (request, login, secretsProvider) => {
  const { text, ok } = await rehearseStateHome({ ...common(), request });
  expect(ok, text).toBe(true);
  expect(text).toContain(login);
  expect(text).toContain(secretsProvider);
});

it("changes nothing unless somebody agrees, is safe to run again, stays in its region, and keeps its key secret", async () => {
  const inventory = Inventory.open(join(folder.path, "inventory"));
  const providers = await startProviders({
    inventory,
    clusterHost: new SimulatedClusterHost(inventory),
    only: ["linode"],
  });
  const environment = { ...providers.env, PULUMI_CONFIG_PASSPHRASE: "correct horse" };
  const asked: string[][] = [];
  const run = (answer: boolean, request = linode) =>
    makeStateHome({
      ...common(),
      request,
      environment,
      agree: async (changes) => {
        asked.push([...changes]);
        return Promise.resolve(answer);
      },
    });
  try {
    await expect(run(false)).rejects.toThrow("Nothing was changed.");
    expect(inventory.list()).toEqual([]);
    expect(asked.flat().join("\n")).toContain("linode:index/objectStorageBucket:ObjectStorageBucket");

    const made = await run(true);
    const there = inventory.list();
    expect(there).toHaveLength(2);

    asked.length = 0;
    expect((await run(false)).text).toContain("is there already, nothing to change");
    expect(asked).toEqual([]);

    await expect(run(true, { ...linode, region: "de-fra-2" })).rejects.toThrow("is in fr-par, not de-fra-2");
    expect(inventory.list()).toEqual(there);

    const secret = there.find(({ type }) => type.endsWith("Key"))?.secrets?.["secretKey"];
    if (typeof secret !== "string") throw new Error("the stand-in made no key");
    expect(secret.length).toBeGreaterThan(20);
    const written = ["state", "project"].flatMap((place) =>
      readdirSync(join(folder.path, place), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")),
    );
    expect(written.length).toBeGreaterThan(1);
    expect([...written, made.text].filter((text) => text.includes(secret))).toEqual([]);
  } finally {
    await providers.stop();
    inventory.close();
  }
});
