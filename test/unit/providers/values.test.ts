import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { drawCharacters } from "../../../src/rehearsal/providers/random/characters";
import { propertyDiff } from "../../../src/rehearsal/providers/property-diff";
import { pathText } from "../../../src/rehearsal/providers/property-path";
import { keepSecrets, reveal, secret, shown, unknown, type Properties } from "../../../src/rehearsal/providers/values";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Properties>;

describe("secrets", () => {
  it("are revealed at every depth, and marked again where they came in", () => {
    fc.assert(
      fc.property(json, json, (open, hidden) => {
        const inputs = { open, nested: [{ hidden: secret(hidden) }] };
        const plain = reveal(inputs);
        expect(plain).toEqual({ open, nested: [{ hidden }] });
        expect(keepSecrets(inputs, { ...plain, extra: 1 })).toEqual({ ...inputs, extra: 1 });
      }),
    );
  });

  it("cover a whole list whose length changed, and are never shown", () => {
    expect(keepSecrets({ list: ["a", secret("b")] }, { list: ["a", "x", "b"] })).toEqual({
      list: secret(["a", "x", "b"]),
    });
    expect(shown({ key: secret("plain") })).not.toContain("plain");
  });
});

describe("differences", () => {
  const changes = (before: Properties, after: Properties) =>
    propertyDiff(before, after).map(({ path, kind }) => `${kind} ${pathText(path)}`);

  it("are told at the deepest property", () => {
    const before = { a: { b: 1, c: [1, 2] }, "x.y/z": "old", same: { a: [1] } };
    const after = { a: { b: 2, c: [1, 2, 3] }, "x.y/z": unknown, same: { a: [1] }, extra: null };
    expect(changes(before, after)).toEqual(["update a.b", "add a.c[2]", 'update ["x.y/z"]']);
    expect(changes({ a: unknown }, { a: unknown })).toEqual(["update a"]);
  });

  it("are none between a value and itself", () => {
    fc.assert(fc.property(json, (value) => changes({ value }, { value: structuredClone(value) }).length === 0));
  });
});

describe("drawn characters", () => {
  it("have the length, the classes and the minimums that were asked for", () => {
    const minimums = fc.record({
      minLower: fc.nat(4),
      minUpper: fc.nat(4),
      minNumeric: fc.nat(4),
      minSpecial: fc.nat(4),
    });
    fc.assert(
      fc.property(minimums, fc.integer({ min: 16, max: 40 }), (least, length) => {
        const drawn = drawCharacters({ ...least, length, overrideSpecial: "_-" });
        const count = (pattern: RegExp): number => drawn.match(pattern)?.length ?? 0;
        expect(drawn).toMatch(/^[\w-]+$/);
        expect(drawn).toHaveLength(length);
        expect(count(/[a-z]/g)).toBeGreaterThanOrEqual(least.minLower);
        expect(count(/[A-Z]/g)).toBeGreaterThanOrEqual(least.minUpper);
        expect(count(/[0-9]/g)).toBeGreaterThanOrEqual(least.minNumeric);
        expect(count(/[_-]/g)).toBeGreaterThanOrEqual(least.minSpecial);
      }),
    );
    expect(drawCharacters({ length: 50, special: false, upper: false, numeric: false })).toMatch(/^[a-z]{50}$/);
  });
});
