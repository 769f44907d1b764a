import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { duplicates, Inventory, orphans } from "../../../src/rehearsal/inventory";

const bucket = (id: string, label = id) => ({ type: "cloud:Bucket", id, label, properties: { region: "fr-par" } });

describe("the inventory", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "holdfast-inventory-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("has after reopening what it had before, changes and removals included", () => {
    const first = Inventory.open(directory);
    first.put({ ...bucket("a"), secrets: { key: "plain-text-key" } });
    first.put(bucket("b"));
    first.put(bucket("c"));
    first.patch(bucket("b"), { region: "nl-ams" });
    expect(first.remove(bucket("c"))).toBe(true);
    expect(first.remove(bucket("c"))).toBe(false);
    const before = first.list();
    first.close();
    const second = Inventory.open(directory);
    expect(second.list()).toEqual(before);
    expect(second.get(bucket("a"))?.secrets).toEqual({ key: "plain-text-key" });
    second.close();
  });

  it("keeps secrets unreadable, and everything to its owner", () => {
    const inventory = Inventory.open(directory);
    inventory.put({ ...bucket("a"), secrets: { key: "plain-text-key" } });
    inventory.close();
    const journal = join(directory, "journal.jsonl");
    expect(readFileSync(journal, "utf8")).not.toContain("plain-text-key");
    expect([directory, journal, join(directory, "key")].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o600, 0o600,
    ]);
  });

  it("drops a line that was being written when the process died, and refuses one that was changed", () => {
    const first = Inventory.open(directory);
    first.put(bucket("a"));
    first.close();
    appendFileSync(join(directory, "journal.jsonl"), '{"put":{"type":"cloud:Buc');
    const second = Inventory.open(directory);
    expect(second.list()).toEqual([bucket("a")]);
    second.close();
    writeFileSync(join(directory, "journal.jsonl"), "nonsense\n");
    expect(() => Inventory.open(directory)).toThrow(/journal\.jsonl:1: cannot be read/);
  });

  it("is used by one process at a time, and taken over from one that was killed", () => {
    const held = Inventory.open(directory);
    expect(() => Inventory.open(directory)).toThrow(`process ${process.pid} uses this inventory`);
    expect(Inventory.open(directory, { readOnly: true }).list()).toEqual([]);
    held.close();
    const module = resolve("src/rehearsal/inventory/index.ts");
    const script = `
      const { Inventory } = require(${JSON.stringify(module)});
      const inventory = Inventory.open(${JSON.stringify(directory)});
      inventory.put(${JSON.stringify(bucket("survivor"))});
      process.kill(process.pid, "SIGKILL");`;
    const killed = spawnSync(process.execPath, ["--import", "tsx", "--input-type=commonjs", "--eval", script]);
    expect(killed.signal).toBe("SIGKILL");
    const next = Inventory.open(directory);
    expect(next.list()).toEqual([bucket("survivor")]);
    next.close();
    expect(execFileSync("ls", [directory], { encoding: "utf8" })).not.toContain("owner");
  });

  it("tells orphans and duplicates", () => {
    const inventory = Inventory.open(directory);
    inventory.put(bucket("known"));
    inventory.put(bucket("lost"));
    inventory.put(bucket("twice", "lost"));
    inventory.put({ ...bucket("part"), partOf: bucket("known") });
    inventory.put({ ...bucket("leftover"), partOf: bucket("gone") });
    for (const scope of ["left", "right"]) inventory.put({ ...bucket("same"), scope });
    const state = [bucket("known"), bucket("same")];
    expect(orphans(inventory, state).map(({ id, scope }) => [id, scope])).toEqual([
      ["lost", undefined],
      ["twice", undefined],
      ["leftover", undefined],
      ["same", "right"],
    ]);
    expect(duplicates(inventory).map((group) => group.map(({ id }) => id))).toEqual([["lost", "twice"]]);
    inventory.close();
  });
});
