import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";

import type { StackFile } from "../../../src/config/stack-file";
import { parseStackFile } from "../../../src/config/stack-file";
import { paths, read, repository, shippedText, stacks } from "./stack-files";

/** A report that a person can use: it says where, and shows nothing of how the program works. */
function expectReport(file: StackFile): void {
  if (file.ok) return;
  expect(file.mistakes.length).toBeGreaterThan(0);
  expect(file.report).toMatch(/: (1 mistake|\d+ mistakes)\n\n {2}\S/);
  expect(file.report).not.toMatch(
    /\n\s+at |node_modules|Invalid (input|string)|undefined|\[object|ZodError|TypeError|RangeError/,
  );
  // Nothing that a terminal would obey.
  expect(file.report.replace(/\n/g, "")).not.toMatch(/\p{Cc}/u);
}

/** Text cut, doubled, joined with noise, or with lines swapped: what editors, merges and accidents make of a file. */
const mutation = fc.record({
  stack: fc.constantFrom(...stacks),
  from: fc.nat(4000),
  length: fc.nat(200),
  noise: fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      ": ",
      "- ",
      "\t",
      "\n",
      "{",
      "]",
      "&a ",
      "*a",
      "<<: *a",
      "!!binary x",
      "!t ",
      "---\n",
      "'",
      '"',
      "|",
      "? ",
      "\0",
      "#",
    ),
    fc.constantFrom("null", "~", "[]", "{}", "0x10", "1e999", ".nan", "__proto__: 1", "holdfast:apps: *a"),
  ),
});

describe("a broken stack file", () => {
  it("is reported without a stack trace, whatever was done to a sound one", () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let text = shippedText(mutations[0]?.stack ?? "development");
        for (const { from, length, noise } of mutations) text = text.slice(0, from) + noise + text.slice(from + length);
        expectReport(read(text));
      }),
      { numRuns: 300 },
    );
  });

  it("is reported without a stack trace, whatever data it holds", () => {
    const keys = fc.constantFrom(
      ...["config", "holdfast:cloud", "holdfast:region", "holdfast:tier", "holdfast:cluster", "holdfast:nodePools"],
      ...[
        "holdfast:namespaces",
        "holdfast:domains",
        "holdfast:apps",
        "holdfast:secrets",
        "linode:token",
        "web",
        "vllm",
      ],
      ...[
        "join",
        "members",
        "controlPlaneAcl",
        "ipv4",
        "baseline",
        "plan",
        "count",
        "autoscaling",
        "min",
        "max",
        "image",
      ],
      ...[
        "hosts",
        "replicas",
        "settings",
        "quota",
        "requestsCpu",
        "gpus",
        "base",
        "secure",
        "__proto__",
        "constructor",
        "",
      ],
    );
    const leaf = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.bigInt(),
      fc.constantFrom("production", "g6-standard-8", "{", "[1"),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        leaf,
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(fc.oneof(keys, fc.string()), tie("tree"), { maxKeys: 6, noNullPrototype: true }),
      ),
    }));
    const draft = fc.record({ config: fc.dictionary(keys, tree, { noNullPrototype: true }) });
    fc.assert(
      fc.property(fc.oneof(draft, tree), (data) => expectReport(read(stringify(data)))),
      { numRuns: 300 },
    );
  });

  it("is reported without a stack trace, whatever bytes it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expectReport(read(bytes))),
      { numRuns: 300 },
    );
  });

  it.each([
    ["nothing", ""],
    ["a scalar", "42"],
    ["a list", "- a"],
    ["two documents", "config: {}\n---\nconfig: {}"],
    ["nesting without end", `config: ${"[".repeat(20_000)}`],
    ["closed nesting deeper than any stack", `config:\n  holdfast:apps: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["an alias of itself", "config: &a { holdfast:apps: *a }"],
    ["an alias of nothing", "config: *a"],
    [
      "aliases that multiply",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from("bcdefghi")
        .map(
          (c, i) =>
            `${c}: &${c} [${Array(9)
              .fill(`*${"abcdefgh"[i] ?? ""}`)
              .join()}]`,
        )
        .join("\n")}`,
    ],
    ["more than a mebibyte", `config: { a: "${"x".repeat(2 ** 20)}" }`],
    ["a merge of a scalar", "config:\n  <<: 1"],
    ["a key that is a space", 'config: {}\n" ": {}'],
    ["a map as a key", "config:\n  ? { a: 1 }\n  : 2"],
    ["a date and a binary", "config:\n  holdfast:cloud: !!timestamp 2001-01-01\n  holdfast:region: !!binary aGk="],
  ])("with %s is refused with a report", (_what, text) => {
    const file = read(text);
    expect(file.ok).toBe(false);
    expectReport(file);
  });

  it("that is not there, or is a folder, or has another name, is said to be", () => {
    for (const path of [`${repository}/Pulumi.nowhere.yaml`, repository, `${repository}/README.md`]) {
      const file = parseStackFile(path, path === repository ? { stack: "x" } : {});
      expect(paths(file)).toEqual(["the file"]);
      expectReport(file);
    }
  });

  it("may carry what Pulumi itself keeps there", () => {
    const own = "encryptionsalt: v1:abc\nsecretsprovider: passphrase\nencryptedkey: abc\nenvironment: [shared]\n";
    const settings = "  pulumi:tags: { a: b }\n  linode:token: { secure: v1:abc }\n";
    expect(paths(read(`${own}${shippedText("production")}${settings}`))).toEqual([]);
  });

  it("may use anchors and merges, as Pulumi reads them", () => {
    const text = shippedText("development")
      .replace("user-org: {}", "user-org: &plain { replicas: { min: 3 } }")
      .replace("analytics: {}", "analytics: { <<: *plain }");
    const file = read(text, "development");
    expect(file.ok && file.config.apps["analytics"]?.replicas.min).toBe(3);
  });
});
