import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clouds, type Cloud } from "../../components/shared";
import { OperationFailed, previewThenUp, type Update } from "../../src/rehearsal/engine/gate";
import type { InventoryRecord } from "../../src/rehearsal/inventory";
import type { Rehearsal } from "../../src/rehearsal/rehearsal";
import { checkout, scratch, simulated } from "../support/rehearsal";

/** What is lost with its content, and lies outside the cluster. */
const dataTypes: Readonly<Record<Cloud, readonly string[]>> = {
  linode: ["linode:index/objectStorageBucket:ObjectStorageBucket"],
  aws: ["aws:s3/bucket:Bucket", "aws:ecr/repository:Repository"],
  azure: [
    "azure-native:storage:StorageAccount",
    "azure-native:storage:BlobContainer",
    "azure-native:containerregistry:Registry",
  ],
};

const clusterTypes: Readonly<Record<Cloud, string>> = {
  linode: "linode:index/lkeCluster:LkeCluster",
  aws: "aws:eks/cluster:Cluster",
  azure: "azure-native:containerservice:ManagedCluster",
};

/** What a pool consists of: the services' share of it changes with its size, and nothing else. */
const follows = /^update (ResourceQuota services-quota|StatefulSet vllm|Deployment vllm)$/;

const resizes: readonly (readonly [cloud: Cloud, what: string, change: readonly [string, string], pool: string])[] = [
  ["aws", "a fixed pool by its count", ["count: 2", "count: 3"], "update NodeGroup cluster-gpu"],
  ["aws", "an autoscaled one by Karpenter's limit", ["max: 10", "max: 12"], "update NodePool karpenter-pools-baseline"],
  ["azure", "a fixed pool by its count", ["count: 2", "count: 3"], "update AgentPool cluster-gpu"],
  ["azure", "an autoscaled one by its bounds", ["max: 10", "max: 12"], "update ManagedCluster cluster"],
];

describe.each(clouds)("on %s", (cloud) => {
  const folder = scratch();
  const project = scratch();
  let rehearsal: Rehearsal;
  let edit: ReturnType<typeof checkout>["edit"];

  const update = async (stack = "development"): Promise<Update> =>
    previewThenUp(await rehearsal.openStack(stack), { places: rehearsal.places, policyPacks: rehearsal.policyPacks });
  /** Names and operations of what was not left as it was, without the types of its parents. */
  const touched = ({ up }: Update): readonly string[] =>
    up.steps
      .filter(({ op, urn }) => op !== "same" && !urn.includes("::pulumi:pulumi:Stack::"))
      .map(({ op, type, urn }) => `${op} ${type.split(":").at(-1)} ${urn.split("::").at(-1)}`)
      .sort();
  const data = (): readonly InventoryRecord[] => dataTypes[cloud].flatMap((type) => rehearsal.inventory.list({ type }));
  /** Every password that the services have, by the object that holds it. */
  const passwords = (): readonly (readonly [id: string, secrets: unknown])[] =>
    rehearsal.inventory
      .list({ type: "kubernetes:core/v1:Secret" })
      .map(({ id, secrets }) => [id, secrets] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  /** As `pulumi state taint` does: the next update replaces the cluster, whatever its settings. */
  const taint = async (name: string): Promise<void> => {
    const stack = await rehearsal.openStack(name);
    const state = await stack.exportStack();
    const { resources } = state.deployment as { resources: { type: string; taint?: boolean }[] };
    const cluster = resources.find(({ type }) => type === clusterTypes[cloud]);
    if (cluster === undefined) throw new Error(`${name} has no cluster`);
    cluster.taint = true;
    await stack.importStack(state);
  };

  beforeAll(async () => {
    ({ edit } = checkout(project.path, cloud));
    edit("development", ['kubernetesVersion: "1.35"', 'kubernetesVersion: "1.34"']);
    rehearsal = await simulated({ root: folder.path, repository: project.path });
    await update();
  });
  afterAll(async () => {
    await rehearsal.close();
    folder.remove();
    project.remove();
  });

  it.each(resizes.filter(([on]) => on === cloud))("%s resizes %s, in place", async (_cloud, _what, change, pool) => {
    const before = data();
    edit("development", change);
    expect(touched(await update()).filter((step) => !follows.test(step))).toEqual([pool]);
    expect(data()).toEqual(before);
  });

  it("upgrades Kubernetes in place", async () => {
    const before = data();
    edit("development", ['kubernetesVersion: "1.34"', 'kubernetesVersion: "1.35"']);
    const steps = touched(await update());
    expect(steps).toContain(`update ${clusterTypes[cloud].split(":").at(-1)} cluster`);
    expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    expect(data()).toEqual(before);
  });

  it("replaces a cluster, with the same buckets, images and passwords after it", async () => {
    const before = { data: data(), passwords: passwords() };
    expect(before.data.length).toBeGreaterThan(0);
    expect(before.passwords.some(([, secrets]) => JSON.stringify(secrets ?? {}).length > 20)).toBe(true);
    await taint("development");
    const steps = touched(await update());
    expect(steps).toContain(`replace ${clusterTypes[cloud].split(":").at(-1)} cluster`);
    expect(steps.filter((step) => step.startsWith("replace RandomPassword"))).toEqual([]);
    expect(data()).toEqual(before.data);
    expect(passwords()).toEqual(before.passwords);
  });

  it("refuses that to production, before anything is touched", async () => {
    await update("production");
    await taint("production");
    const before = rehearsal.inventory.list();
    const refused = await update("production").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OperationFailed);
    expect(refused).toMatchObject({ operation: "preview" });
    expect(String(refused)).toMatch(/protect/);
    expect(rehearsal.inventory.list()).toEqual(before);
  });
});
