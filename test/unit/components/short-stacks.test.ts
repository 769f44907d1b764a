import { afterEach, describe, expect, it } from "vitest";
import { withShortStacks } from "../../../src/short-stacks";

const usual = Error.stackTraceLimit;
afterEach(() => {
  Error.stackTraceLimit = usual;
});

describe("short stacks", () => {
  it("end with what they were for, even where it fails", () => {
    Error.stackTraceLimit = 10;
    expect(withShortStacks(() => Error.stackTraceLimit)).toBe(1);
    expect(() =>
      withShortStacks(() => {
        throw new Error("failed");
      }),
    ).toThrow("failed");
    expect(Error.stackTraceLimit).toBe(10);
  });

  it("still say where an error was thrown", () => {
    Error.stackTraceLimit = 10;
    const error = withShortStacks(() => new Error("here"));
    expect(error.stack).toContain("short-stacks.test.ts");
  });

  it("give way to whoever asks for more", () => {
    Error.stackTraceLimit = 50;
    expect(withShortStacks(() => Error.stackTraceLimit)).toBe(50);
  });
});
