import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentLimit, commentMarker, renderComment } from "../../tools/ci/comment";
import { firstLines, lastLines } from "../../tools/ci/markdown";
import { parseEvents, previewReport, type PreviewReport } from "../../tools/ci/preview-report";

const context = {
  commit: "0123456789abcdef",
  runUrl: "https://example.test/run/1",
  stacks: ["development", "production"],
};
const report = (overrides: Partial<PreviewReport> = {}): PreviewReport => ({
  stack: "development",
  succeeded: true,
  steps: [],
  unchanged: 0,
  violations: [],
  output: "Previewing update (development)",
  ...overrides,
});
const step = (op: string, name: string, type = "kubernetes:apps/v1:Deployment") => ({
  op,
  type,
  urn: `urn:pulumi:development::holdfast::${type}::${name}`,
});

describe("the comment", () => {
  it("fits GitHub's limit and keeps every verdict, whatever the previews print", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.constant("`".repeat(300)),
      fc.constant("\n"),
      fc.constant("🚀é"),
    );
    const long = fc.tuple(text, fc.integer({ min: 0, max: 3_000 })).map(([unit, times]) => unit.repeat(times));
    const anyReport = fc.record({ output: long, message: long, name: long, succeeded: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyReport, { minLength: 1, maxLength: 5 }), (previews) => {
        const reports = previews.map(({ output, message, name, succeeded }, index) =>
          report({
            stack: `stack-${index}`,
            succeeded,
            output,
            steps: [step("create", name)],
            violations: [{ urn: undefined, policy: "p", level: "mandatory", message }],
          }),
        );
        const comment = renderComment(reports, { ...context, stacks: reports.map(({ stack }) => stack) });
        expect(comment.length).toBeLessThanOrEqual(commentLimit);
        for (const { stack, succeeded } of reports) {
          expect(comment).toContain(`| ${stack} | ${succeeded ? "✅ passes" : "❌ fails"} | 1 create | 1 mandatory |`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("uses the room that there is", () => {
    const output = Array.from({ length: 20_000 }, (_, line) => `line ${line}`).join("\n");
    const comment = renderComment([report({ output }), report({ stack: "production", output })], context);
    expect(comment.length).toBeGreaterThan(commentLimit * 0.8);
    expect(comment.length).toBeLessThanOrEqual(commentLimit);
    expect(comment).toContain("Output, its end");
    expect(comment.match(/line 19999/g)).toHaveLength(2);
  });

  it("shows the output's end beside more violations and changes than fit", () => {
    const many = Array.from({ length: 5_000 }, (_, index) => index);
    const violations = many.map(
      (index) => ({ urn: undefined, policy: `p${index}`, level: "mandatory", message: "no" }) as const,
    );
    const steps = many.map((index) => step("create", `resource-${index}`));
    const output = `${"x\n".repeat(50_000)}the last word`;
    const comment = renderComment([report({ violations, steps, output })], context);
    expect(comment.length).toBeLessThanOrEqual(commentLimit);
    expect(comment).toMatch(
      /\[mandatory\] p0 .*… and \d+ more.*What would change.*resource-0\n.*… and \d+ more.*the last word/s,
    );
  });

  it("begins with the line by which the next run finds it", () => {
    expect(renderComment([report()], context).split("\n")[0]).toBe(commentMarker);
  });

  it("shows a stack without a report as one that failed", () => {
    const comment = renderComment([report()], context);
    expect(comment).toContain("| production | ❌ no report |");
    expect(comment).toContain("#### production\n\nIts preview ended before its report");
  });

  it("shows violations in the open, and folds changes and output", () => {
    const violations = [
      { urn: step("create", "web").urn, policy: "no-root", level: "mandatory", message: "found root\nFix: don't" },
    ] as const;
    const comment = renderComment([report({ violations, succeeded: false, steps: [step("create", "web")] })], context);
    const open = comment.replaceAll(/<details>.*?<\/details>/gs, "");
    expect(open).toContain("[mandatory] no-root   web\n    found root\n    Fix: don't");
    expect(open).not.toContain("kubernetes:apps/v1:Deployment");
    expect(open).not.toContain("Previewing update");
    expect(comment).toContain("Previewing update");
  });

  it("groups changes by what they do, the dangerous first, and by type", () => {
    const steps = [
      step("create", "b"),
      step("create", "a"),
      step("delete", "old"),
      step("create", "c", "linode:index:Lke"),
      step("replace", "r"),
    ];
    expect(renderComment([report({ steps })], context)).toContain(
      [
        "delete (1)\n  kubernetes:apps/v1:Deployment\n    old",
        "replace (1)\n  kubernetes:apps/v1:Deployment\n    r",
        "create (3)\n  kubernetes:apps/v1:Deployment\n    a\n    b\n  linode:index:Lke\n    c",
      ].join("\n"),
    );
  });

  it("keeps what a program prints from being read as markup", () => {
    const comment = renderComment([report({ output: "```\n</details> @everyone\n```" })], context);
    expect(comment).toContain("````text\n```\n</details> @everyone\n```\n````");
  });
});

describe("a preview's report", () => {
  it("counts what changes and leaves out what stays, and every input", () => {
    const events = [
      ...["create", "same", "read", "update"].map((op) => ({
        resourcePreEvent: { metadata: { ...step(op, op), new: { inputs: { password: "hunter2" } } }, planning: true },
      })),
      {
        policyEvent: {
          policyName: "p",
          enforcementLevel: "mandatory",
          message: "<{%fg 1%}>no<{%reset%}>",
          resourceUrn: "u",
        },
      },
    ];
    const log = `${events.map((event) => JSON.stringify(event)).join("\n")}\n`;
    const made = previewReport(
      { stack: "development", succeeded: true, output: "\u001b[31mred\u001b[0m\n" },
      parseEvents(log),
    );
    expect(made).toEqual({
      stack: "development",
      succeeded: true,
      output: "red",
      steps: [step("create", "create"), step("update", "update")],
      unchanged: 2,
      violations: [{ policy: "p", level: "mandatory", message: "no", urn: "u" }],
    });
  });

  it("is made from what was written, where the engine was stopped in the middle of a line", () => {
    expect(parseEvents('{"sequence":1}\n{"sequ')).toEqual([{ sequence: 1 }]);
    expect(parseEvents("")).toEqual([]);
  });
});

describe("lines that fit", () => {
  const lines = fc.array(
    fc.string({ minLength: 1, maxLength: 20 }).map((line) => line.replaceAll("\n", "-")),
    { maxLength: 30 },
  );
  const split = (text: string): readonly string[] => (text === "" ? [] : text.split("\n"));

  it("from the end are whole, and as many as the room takes", () => {
    fc.assert(
      fc.property(lines, fc.nat(200), (all, room) => {
        const kept = split(lastLines(all.join("\n"), room));
        expect(kept).toEqual(all.slice(all.length - kept.length));
        expect(kept.join("\n").length).toBeLessThanOrEqual(room);
        if (kept.length < all.length) {
          expect(all.slice(all.length - kept.length - 1).join("\n").length).toBeGreaterThan(room);
        }
      }),
    );
  });

  it("from the start are whole, and say how many are left out", () => {
    expect(firstLines(["aa", "bb", "cc"], 6)).toBe("aa\nbb\n… and 1 more");
    expect(firstLines(["aa", "bb"], 5)).toBe("aa\nbb");
    expect(firstLines(["aa", "bb"], 1)).toBe("");
  });
});
