import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { restoreTornState } from "../../../src/rehearsal/engine/state-file";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdfast-test-"));
  file = join(folder, "development.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it.each(["", '{"version": 3, "checkp'])("puts the state before in the place of one that was cut off: %j", (torn) => {
  writeFileSync(file, torn);
  writeFileSync(`${file}.bak`, '{"version":3}');
  restoreTornState(file);
  expect(readFileSync(file, "utf8")).toBe('{"version":3}');
});

it("leaves a whole state as it is, whatever was before", () => {
  writeFileSync(file, '{"version":3,"newer":true}');
  writeFileSync(`${file}.bak`, '{"version":3}');
  restoreTornState(file);
  expect(readFileSync(file, "utf8")).toBe('{"version":3,"newer":true}');
});
