import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growthExponent, median, pairedRatio } from "../../../bench/statistics";
import { isMet, verdict } from "../../../bench/targets";

const cost = fc.double({ min: 0.001, max: 1000, noNaN: true });

describe("the bench's statistics", () => {
  it("takes the middle value, and the mean of the two middle ones, in whatever order they came", () => {
    expect(median([10, 9, 2])).toBe(9);
    expect(median([4, 1, 3, 10])).toBe(3.5);
    expect(() => median([])).toThrow("No values");
  });

  it("finds the exponent that a cost grows with, whatever its scale", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 3, noNaN: true }), cost, (exponent, scale) => {
        const at = (size: number) => ({ size, cost: scale * size ** exponent });
        expect(growthExponent(at(100), at(1000))).toBeCloseTo(exponent, 6);
      }),
    );
  });

  it("compares turn by turn, so that a slow turn slows both sides", () => {
    fc.assert(
      fc.property(fc.array(cost, { minLength: 1, maxLength: 7 }), cost, (slowness, ratio) => {
        const ours = slowness.map((factor) => factor * ratio);
        expect(pairedRatio(ours, slowness) / ratio).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe("a target", () => {
  const target = (found: number) => ({ name: "ours ÷ theirs", limit: 1.15, found });

  it("is met up to its limit", () => {
    expect(verdict(target(1.15))).toBe("1.150 ✓ (at most 1.15)");
    expect(verdict(target(1.151))).toBe("1.151 ✗ (at most 1.15)");
  });

  it("is not met by what was never measured", () => {
    expect(isMet(target(Number.NaN))).toBe(false);
    expect(isMet(target(pairedRatio([1], [])))).toBe(false);
  });
});
