import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { OperationFailed, previewThenUp } from "../../src/rehearsal/engine/gate";
import { placesAt } from "../../src/rehearsal/engine/places";
import { recover } from "../../src/rehearsal/engine/recover";
import { duplicates, orphans } from "../../src/rehearsal/inventory";
import { knownResources } from "../support/state";
import { repository, scratch, simulated } from "../support/rehearsal";

/** Brings the stack up in a folder where a run ended badly, and checks that all is as if it had not. */
const completes = async (root: string): Promise<{ readonly adopted: number; readonly forgotten: number }> => {
  const rehearsal = await simulated({ root });
  try {
    const stack = await rehearsal.openStack("development");
    const { adopted, forgotten } = await recover(stack, rehearsal.inventory);
    const gate = { places: rehearsal.places, policyPacks: rehearsal.policyPacks };
    await previewThenUp(stack, gate);
    const { up } = await previewThenUp(stack, gate);
    expect(Object.keys(up.changes)).toEqual(["same"]);
    expect(duplicates(rehearsal.inventory)).toEqual([]);
    expect(orphans(rehearsal.inventory, await knownResources([stack]))).toEqual([]);
    expect(rehearsal.inventory.list({ type: "linode:index/lkeCluster:LkeCluster" })).toHaveLength(1);
    return { adopted: adopted.length, forgotten: forgotten.length };
  } finally {
    await rehearsal.close();
  }
};

it.each([
  { effect: "before", happened: "had not happened" },
  { effect: "after", happened: "had happened, though its answer was lost" },
] as const)("goes on after a provider failed in the middle, when what failed $happened", async ({ effect }) => {
  const folder = scratch();
  try {
    const broken = await simulated({
      root: folder.path,
      faults: {
        seed: 7,
        rules: [
          { call: "create", type: "kubernetes:core/v1:Service", nth: 2, error: "the API server is away", effect },
          {
            call: "create",
            type: "linode:index/lkeNodePool:LkeNodePool",
            nth: 1,
            error: "500 from the API",
            effect: "before",
          },
        ],
      },
    });
    try {
      const stack = await broken.openStack("development");
      const failed = await previewThenUp(stack, { places: broken.places, policyPacks: broken.policyPacks }).catch(
        (error: unknown) => error,
      );
      expect(failed).toBeInstanceOf(OperationFailed);
      expect((failed as OperationFailed).operation).toBe("up");
      expect((failed as OperationFailed).outcome.errors.join("\n")).toContain("500 from the API");
    } finally {
      await broken.close();
    }
    await completes(folder.path);
  } finally {
    folder.remove();
  }
});

it("goes on after kill -9 in the middle, with nothing twice and nothing lost", async () => {
  const folder = scratch();
  try {
    // A group of its own, so that the engine and the policy pack are killed with it, as by a machine that dies.
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(repository, "test/support/rehearse-child.ts"), folder.path],
      { cwd: repository, detached: true, stdio: "ignore" },
    );
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const journal = join(placesAt(folder.path).inventory, "journal.jsonl");
    const made = () => (existsSync(journal) ? readFileSync(journal, "utf8").split("\n").length : 0);
    while (made() < 60 && child.exitCode === null) await sleep(20);
    expect(child.exitCode, "the run ended before it could be killed").toBeNull();
    if (child.pid === undefined) throw new Error("the run did not start");
    process.kill(-child.pid, "SIGKILL");
    await ended;
    const { adopted, forgotten } = await completes(folder.path);
    // It was killed in the middle of creations: if there were none to put right, the test has tested nothing.
    expect(adopted + forgotten).toBeGreaterThan(0);
  } finally {
    folder.remove();
  }
});
