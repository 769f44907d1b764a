import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { charts } from "../../../components/charts";
import { definitionsOf } from "../../../src/rehearsal/charts/definitions";
import { hashOf } from "../../../src/rehearsal/charts/go-module";
import { moduleSourceOf } from "../../../src/rehearsal/charts/sources";
import { objectsIn } from "../../../src/rehearsal/charts/template";
import { scratch } from "../../support/rehearsal";

let folder: ReturnType<typeof scratch>;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

it("reads YAML as Kubernetes' tools do: octal modes, yes and no, times as texts, empty documents as nothing", () => {
  const text = "a: 0644\nb: yes\nc: 2026-01-01\nd: 1:30\ne: 'no'\n---\n# nothing\n---\nf: 1\n";
  expect(objectsIn(text)).toEqual([{ a: 420, b: true, c: "2026-01-01", d: "1:30", e: "no" }, { f: 1 }]);
  // Go takes a key that is there twice by its last value.
  expect(objectsIn("a: 1\na: 2\n")).toEqual([{ a: 2 }]);
  expect(() => objectsIn("a: [")).toThrow("no YAML");
});

it("hashes a module's folder to what go.sum has of it, in the order of bytes", async () => {
  // What golang.org/x/mod/sumdb/dirhash of Go 1.26 answers for these files.
  const files = { "go.mod": "module x\n", "B.txt": "B", "a-b": "", "a/b": "in", "sub/a.txt": "a", "é.txt": "é" };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
  expect(await hashOf(folder.path, "x@v1.0.0")).toBe("h1:w3ddoSToFzwFnlJ2wu8nbnFdEehjuXkCqJWMUSUp30A=");
});

it("hashes a module's folder so that a changed file is found", async () => {
  mkdirSync(join(folder.path, "sub"));
  writeFileSync(join(folder.path, "go.mod"), "module x\n");
  writeFileSync(join(folder.path, "sub", "a.txt"), "a");
  const before = await hashOf(folder.path, "x@v1.0.0");
  expect(before).toMatch(/^h1:[\w+/]{43}=$/);
  writeFileSync(join(folder.path, "sub", "a.txt"), "b");
  expect(await hashOf(folder.path, "x@v1.0.0")).not.toBe(before);
});

it("knows a folder for the very version of Karpenter's charts, and for no other", () => {
  for (const chart of [charts.karpenter, charts["karpenter-crd"]]) {
    expect(moduleSourceOf(chart)?.folder).toBe(`charts/${chart.name}`);
    expect(moduleSourceOf({ ...chart, version: "9.9.9" })).toBeUndefined();
  }
});

it("has a definition for each kind of a missing chart that the platform makes", () => {
  const kinds = JSON.stringify(definitionsOf("karpenter-crd"));
  for (const kind of ["NodePool", "EC2NodeClass"]) expect(kinds).toContain(`"kind":"${kind}"`);
  expect(JSON.stringify(definitionsOf("snapscheduler"))).toContain('"kind":"SnapshotSchedule"');
  expect(definitionsOf("unknown")).toEqual([]);
});
