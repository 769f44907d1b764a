import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stack } from "@pulumi/pulumi/automation";
import { clouds, type StackCloud } from "../../components/shared";
import { destroy, previewOnly, previewThenUp } from "../../src/rehearsal/engine/gate";
import { deploymentOf } from "../../src/rehearsal/engine/recover";
import { duplicates, orphans, type Inventory } from "../../src/rehearsal/inventory";
import type { Rehearsal } from "../../src/rehearsal/rehearsal";
import { knownResources } from "../support/state";
import { checkout, scratch, simulated } from "../support/rehearsal";

const clusterOn: Readonly<Record<StackCloud, string | undefined>> = {
  linode: "linode:index/lkeCluster:LkeCluster",
  aws: "aws:eks/cluster:Cluster",
  azure: "azure-native:containerservice:ManagedCluster",
  existing: undefined,
};

const stacks = [
  { stack: "development", owner: undefined },
  { stack: "staging", owner: "development" },
  { stack: "production", owner: undefined },
];

const combinations: readonly { stack: string; owner: string | undefined; cloud: StackCloud }[] = [
  ...clouds.flatMap((cloud) => stacks.map((one) => ({ ...one, cloud }))),
  // Nobody joins another's cluster there, so staging would be development once more.
  { stack: "development", owner: undefined, cloud: "existing" },
  { stack: "production", owner: undefined, cloud: "existing" },
];

describe.each(combinations)("$stack on $cloud", (combination) => {
  const { stack: name, owner, cloud } = combination;
  const cluster = clusterOn[cloud];
  const folder = scratch();
  const project = scratch();
  let rehearsal: Rehearsal;
  let stack: Stack;
  const gate = () => ({ places: rehearsal.places, policyPacks: rehearsal.policyPacks });
  const changes = () =>
    rehearsal.providers.calls.filter(
      ({ method, preview }) => ["create", "update", "delete"].includes(method) && preview !== true,
    );

  beforeAll(async () => {
    rehearsal = await simulated({ root: folder.path, repository: checkout(project.path, cloud).path });
    if (owner !== undefined) await previewThenUp(await rehearsal.openStack(owner), gate());
    stack = await rehearsal.openStack(name);
  });
  afterAll(async () => {
    await rehearsal.close();
    folder.remove();
    project.remove();
  });

  it("previews without making anything", async () => {
    const before = { calls: changes().length, made: rehearsal.inventory.list().length };
    const preview = await previewOnly(stack, gate());
    expect(preview.violations.filter(({ level }) => level === "mandatory")).toEqual([]);
    expect(preview.changes["create"]).toBeGreaterThan(100);
    expect({ calls: changes().length, made: rehearsal.inventory.list().length }).toEqual(before);
  });

  it("comes up, with nothing made twice and nothing that Pulumi does not know", async () => {
    const { preview, up } = await previewThenUp(stack, gate());
    expect(up.changes).toEqual(preview.changes);
    expect(duplicates(rehearsal.inventory)).toEqual([]);
    const stacks = owner === undefined ? [stack] : [stack, await rehearsal.openStack(owner)];
    expect(orphans(rehearsal.inventory, await knownResources(stacks))).toEqual([]);
  });

  it("changes nothing when it is brought up again", async () => {
    const before = changes().length;
    const { up } = await previewThenUp(stack, gate());
    // Another stack's outputs are read at every update.
    expect(Object.keys(up.changes).filter((op) => op !== "read")).toEqual(["same"]);
    expect(changes().length).toBe(before);
  });

  it("has no secret in plain text in its state", () => {
    const values = secretValues(rehearsal.inventory);
    expect(values.length).toBeGreaterThan(10);
    const files = readdirSync(rehearsal.places.state, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), "utf8");
      for (const value of values) expect(text.includes(value), `${file.name} holds a secret`).toBe(false);
    }
  });

  it("is destroyed in the reverse order, and leaves nothing", async () => {
    const { resources = [] } = await deploymentOf(stack);
    if (name === "production") {
      const made = rehearsal.inventory.list().length;
      await expect(destroy(stack, {})).rejects.toThrow(/protected/);
      expect(rehearsal.inventory.list()).toHaveLength(made);
      await unprotect(stack);
      allowDeletion(rehearsal.inventory);
    }
    const before = changes().length;
    const { changes: destroyed } = await destroy(stack, {});
    expect(destroyed["delete"]).toBe(resources.filter(({ urn }) => !urn.includes("StackReference")).length);

    const deleted = changes().slice(before);
    const turns = new Map(deleted.map(({ urn }, turn) => [urn, turn]));
    const turnOf = (urn: string) => turns.get(urn) ?? Number.NaN;
    const namespaces = resources.filter(({ type }) => type === "kubernetes:core/v1:Namespace");
    for (const { urn, inputs } of namespaces) {
      const within = resources.filter(({ inputs: of }) => metadata(of).namespace === metadata(inputs).name);
      expect(Math.max(...within.map((one) => turnOf(one.urn)))).toBeLessThan(turnOf(urn));
    }
    if (owner === undefined && cluster !== undefined) {
      const last = Math.max(...namespaces.map(({ urn }) => turnOf(urn)));
      expect(last).toBeLessThan(deleted.findIndex(({ type }) => type === cluster));
    }
    const left = rehearsal.inventory.list().filter(({ properties }) => JSON.stringify(properties).includes(`${name}-`));
    expect(left).toEqual([]);
  });
});

const metadata = (inputs: unknown): { readonly name?: string; readonly namespace?: string } =>
  (inputs as { readonly metadata?: { readonly name?: string; readonly namespace?: string } } | undefined)?.metadata ??
  {};

/** Every secret that the rehearsed cloud and its clusters hold, as it is and in the forms that it is written in. */
const secretValues = (inventory: Inventory): readonly string[] =>
  inventory
    .list()
    .flatMap(({ secrets }) => strings(secrets))
    .filter((value) => value.length >= 8)
    .flatMap((value) => [value, Buffer.from(value).toString("base64"), Buffer.from(value, "base64").toString()])
    .filter((value) => value.length >= 8);

const strings = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
};

/** What the console or CLI of AWS does: EKS itself refuses to delete a cluster that is protected, whatever Pulumi has. */
const allowDeletion = (inventory: Inventory): void => {
  for (const record of inventory.list({ type: "aws:eks/cluster:Cluster" })) {
    inventory.put({ ...record, properties: { ...record.properties, deletionProtection: false } });
  }
};

const unprotect = async (stack: Stack): Promise<void> => {
  const state = await stack.exportStack();
  const { deployment } = state as { deployment: { resources: { protect?: boolean; retainOnDelete?: boolean }[] } };
  for (const resource of deployment.resources) {
    delete resource.protect;
    delete resource.retainOnDelete;
  }
  await stack.importStack(state);
};
