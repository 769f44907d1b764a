import { afterEach, beforeEach, expect, it } from "vitest";
import { OperationFailed, previewThenUp } from "../../src/rehearsal/engine/gate";
import type { Rehearsal } from "../../src/rehearsal/rehearsal";
import { checkout, scratch, simulated } from "../support/rehearsal";

/* A cluster that is there already, and lacks what the stack file says of it: looked into by the program, as at plain Pulumi. */

const stackName = "production";
const storageClass = {
  type: "kubernetes:storage.k8s.io/v1:StorageClass",
  scope: `existing-${stackName}`,
  id: "fast",
};

let folder: ReturnType<typeof scratch>;
let rehearsal: Rehearsal;
beforeEach(() => {
  folder = scratch();
});
afterEach(async () => {
  await rehearsal.close();
  folder.remove();
});

/** The stack, on a cluster that has lost a class, which is given back with its record. */
const onUnfitCluster = async () => {
  const { path } = checkout(folder.path, "existing");
  rehearsal = await simulated({ root: `${folder.path}/run`, repository: path });
  const stack = await rehearsal.openStack(stackName);
  const lost = rehearsal.inventory.get(storageClass) ?? expect.fail("the stand-in cluster has no class fast");
  rehearsal.inventory.remove(storageClass);
  return { stack, lost };
};

it("stops the preview before anything is asked of a provider, and says what is missing", async () => {
  const { stack } = await onUnfitCluster();
  const failed = await previewThenUp(stack, { places: rehearsal.places, policyPacks: [] }).catch(
    (error: unknown) => error,
  );
  expect(failed).toBeInstanceOf(OperationFailed);
  const { operation, outcome } = failed as OperationFailed;
  expect(operation).toBe("preview");
  expect(outcome.errors).toHaveLength(1);
  expect(outcome.errors[0]).toMatch(/The cluster of production: 1 mistake\b.*StorageClass fast.*no such class/s);
  expect(rehearsal.providers.calls).toEqual([]);
});

it("stops an update that nobody previewed as well", async () => {
  const { stack } = await onUnfitCluster();
  const before = rehearsal.inventory.list();
  await expect(stack.up()).rejects.toThrow(/StorageClass fast.*no such class/s);
  expect(rehearsal.providers.calls).toEqual([]);
  expect(rehearsal.inventory.list()).toEqual(before);
});

it("goes on where the class is there and only doubtful, and warns of it", async () => {
  const { stack, lost } = await onUnfitCluster();
  rehearsal.inventory.put({ ...lost, properties: { ...lost.properties, volumeBindingMode: "Immediate" } });
  const { stdout, changeSummary } = await stack.preview();
  expect(stdout).toMatch(/warning: The cluster of production: 1 warning\b.*StorageClass fast.*binds Immediate/s);
  expect(changeSummary.create).toBeGreaterThan(100);
});
