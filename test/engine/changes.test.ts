import { afterAll, beforeAll, expect, it } from "vitest";
import type { Stack } from "@pulumi/pulumi/automation";
import { previewThenUp, refresh, type Update } from "../../src/rehearsal/engine/gate";
import { deploymentOf } from "../../src/rehearsal/engine/recover";
import type { Rehearsal } from "../../src/rehearsal/rehearsal";
import { checkout, scratch, simulated } from "../support/rehearsal";

const folder = scratch();
const project = scratch();
const { edit } = checkout(project.path);
let rehearsal: Rehearsal;

const open = (): Promise<Stack> => rehearsal.openStack("development");
const update = async (): Promise<Update> =>
  previewThenUp(await open(), { places: rehearsal.places, policyPacks: rehearsal.policyPacks });
/** Names and operations of what was not left as it was, without the types of its parents. */
const touched = ({ up }: Update): readonly string[] =>
  up.steps
    .filter(({ op, urn }) => op !== "same" && !urn.includes("::pulumi:pulumi:Stack::"))
    .map(({ op, type, urn }) => `${op} ${type.split(":").at(-1)} ${urn.split("::").at(-1)}`)
    .sort();

beforeAll(async () => {
  rehearsal = await simulated({ root: folder.path, repository: project.path });
  await update();
});
afterAll(async () => {
  await rehearsal.close();
  folder.remove();
  project.remove();
});

it("updates what a changed setting is in, rolls its pods, and touches nothing else", async () => {
  edit("development", ["LOG_LEVEL: debug", "LOG_LEVEL: warn"]);
  expect(touched(await update())).toEqual(["update ConfigMap backend", "update Deployment backend"]);
});

it("adds a node to a pool in place", async () => {
  edit("development", ["count: 2", "count: 3"]);
  const nodes = () => rehearsal.inventory.list().filter(({ label }) => label.includes("gpu")).length;
  const before = nodes();
  const result = touched(await update());
  expect(result.filter((line) => line.includes("Pool"))).toEqual([expect.stringMatching(/^update LkeNodePool /)]);
  expect(nodes()).toBeGreaterThanOrEqual(before);
});

it("sees what was changed behind Pulumi's back, and puts it right", async () => {
  const hpa = rehearsal.inventory
    .list({ type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler" })
    .find(({ id }) => id.endsWith("/backend"));
  if (hpa === undefined) throw new Error("no autoscaler of backend");
  const spec = hpa.properties["spec"] as Record<string, unknown>;
  rehearsal.inventory.patch(hpa, { spec: { ...spec, maxReplicas: 77 } });

  await refresh(await open(), {});
  const { resources = [] } = await deploymentOf(await open());
  const seen = resources.find(({ type, id }) => type === hpa.type && id === hpa.id);
  expect(seen?.outputs).toMatchObject({ spec: { maxReplicas: 77 } });
  expect(touched(await update())).toEqual(["update HorizontalPodAutoscaler backend"]);
  expect(rehearsal.inventory.get(hpa)?.properties["spec"]).toMatchObject({ maxReplicas: 10 });
});

it("makes again what somebody deleted", async () => {
  const service = rehearsal.inventory
    .list({ type: "kubernetes:core/v1:Service" })
    .find(({ id }) => id.endsWith("/analytics"));
  if (service === undefined) throw new Error("no service of analytics");
  rehearsal.inventory.remove(service);
  await refresh(await open(), {});
  expect(touched(await update())).toEqual(["create Service analytics"]);
  expect(rehearsal.inventory.get(service)).toBeDefined();
});

it("replaces the cluster when it moves to another region, and everything in it with it", async () => {
  const clusters = () => rehearsal.inventory.list({ type: "linode:index/lkeCluster:LkeCluster" });
  const [before] = clusters();
  edit("development", ["holdfast:region: fr-par", "holdfast:region: de-fra-2"]);
  const result = await update();
  expect(touched(result)).toContain("replace LkeCluster cluster");
  const after = clusters();
  expect(after.map(({ properties }) => properties["region"])).toEqual(["de-fra-2"]);
  expect(after[0]?.id).not.toBe(before?.id);
  const inCluster = rehearsal.inventory.list().filter(({ scope }) => scope !== undefined);
  expect(new Set(inCluster.map(({ scope }) => scope))).toEqual(new Set([after[0]?.id]));
});
