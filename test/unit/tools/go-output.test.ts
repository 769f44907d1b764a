import { expect, it } from "vitest";
import { countGoWork, describeGoWork, duration } from "../../../src/rehearsal/tools/go-output";

const printed = [
  "go: downloading k8s.io/api v0.35.4",
  "go: downloading go.uber.org/zap v1.27.0",
  "internal/abi",
  "k8s.io/api/core/v1",
  "# k8s.io/api/core/v1",
  "core/v1/types.go:3:2: undefined: foo",
];

it("counts modules and packages, and takes no compiler message for one", () => {
  expect(printed.reduce(countGoWork, { modules: 0, packages: 0 })).toEqual({ modules: 2, packages: 2 });
});

it("says how far a build is", () => {
  expect(describeGoWork({ modules: 1, packages: 0 }, undefined, 900)).toBe("fetched 1 module, 1 s");
  expect(describeGoWork({ modules: 0, packages: 312 }, 1404, 72_000)).toBe(
    "compiled 312 of at most 1404 packages, 1 min 12 s",
  );
});

it.each([
  [0, "0 s"],
  [59_400, "59 s"],
  [59_600, "1 min 0 s"],
])("writes %i ms as %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});
