import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendLine } from "../../tools/ci/append-line";
import { auditEntry, type AuditEntry } from "../../tools/ci/audit-entry";
import { deployedCommit, versionOf } from "../../tools/ci/history";
import { command } from "./command";

let scratch: string;
let remote: string;
const git = (...args: readonly string[]): string => execFileSync("git", ["-C", remote, ...args], { encoding: "utf8" });
const log = (): readonly string[] => git("show", "audit-log:deployments.jsonl").trimEnd().split("\n");
const place = () => ({ remote, branch: "audit-log", file: "deployments.jsonl" });

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "holdfast-audit-"));
  remote = join(scratch, "remote.git");
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
});
afterEach(() => rmSync(scratch, { recursive: true }));

const environment = {
  STACK: "production",
  DEPLOYMENT: "success",
  UPDATE: "success",
  SMOKE_TEST: "success",
  VERSION: "12",
  GITHUB_SHA: "c0ffee",
  GITHUB_ACTOR: "merger",
  GITHUB_TRIGGERING_ACTOR: "merger",
  GITHUB_SERVER_URL: "https://example.test",
  GITHUB_REPOSITORY: "o/r",
  GITHUB_RUN_ID: "7",
  GITHUB_RUN_ATTEMPT: "1",
};

describe("the audit log", () => {
  it("begins on a branch of its own and keeps every line in order", async () => {
    await appendLine(place(), "one", "first");
    await appendLine(place(), "two", "second");
    expect(log()).toEqual(["one", "two"]);
    expect(git("log", "--format=%s", "audit-log").trim().split("\n")).toEqual(["second", "first"]);
    expect(git("ls-tree", "--name-only", "audit-log").trim()).toBe("deployments.jsonl");
  });

  it("loses no line of writers that begin at once, not even the first ones", async () => {
    const lines = Array.from({ length: 8 }, (_, index) => `line ${index}`);
    await Promise.all(lines.map((line) => appendLine(place(), line, line)));
    expect([...log()].sort()).toEqual(lines);
    expect(Number(git("rev-list", "--count", "audit-log"))).toBe(lines.length);
  });

  it("says so, and doesn't try for ever, where the server refuses the line", async () => {
    await appendLine(place(), "one", "first");
    const hook = join(remote, "hooks", "pre-receive");
    mkdirSync(join(remote, "hooks"), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\necho try >> "${scratch}/tries"\necho protected branch >&2\nexit 1\n`);
    chmodSync(hook, 0o755);
    await expect(appendLine(place(), "two", "second")).rejects.toThrow("protected branch");
    expect(readFileSync(join(scratch, "tries"), "utf8")).toBe("try\n");
    expect(log()).toEqual(["one"]);
  });

  it("is written by the command that the workflow runs", async () => {
    const approvals = join(scratch, "approvals.json");
    writeFileSync(
      approvals,
      JSON.stringify([
        { state: "approved", user: { login: "ann" }, environments: [{ name: "production" }], comment: "ok" },
      ]),
    );
    const options = ["--approvals", approvals, "--remote", remote, "--branch", "audit-log"];
    const ended = await command("audit", options, { env: environment });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(log()).toEqual([ended.stdout.trimEnd()]);
    expect(JSON.parse(ended.stdout)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      stack: "production",
      commit: "c0ffee",
      startedBy: ["merger"],
      decisions: [{ by: "ann", state: "approved", environments: ["production"] }],
      result: "success",
      update: "success",
      smokeTest: "success",
      version: 12,
      run: "https://example.test/o/r/actions/runs/7/attempts/1",
    } satisfies AuditEntry);
  });
});

describe("an audit entry", () => {
  it("of a deployment that was refused before its update says that nothing ran", () => {
    const refused = { ...environment, DEPLOYMENT: "failure", UPDATE: "skipped", SMOKE_TEST: "", VERSION: "" };
    expect(auditEntry(refused, [], new Date(0))).toMatchObject({
      result: "failure",
      update: "not run",
      smokeTest: "not run",
      version: null,
    });
  });

  it("names both who merged and who ran it again", () => {
    const again = { ...environment, GITHUB_TRIGGERING_ACTOR: "other" };
    expect(auditEntry(again, [], new Date(0)).startedBy).toEqual(["merger", "other"]);
  });

  it("isn't made without what makes it worth keeping", () => {
    expect(() => auditEntry({ ...environment, GITHUB_SHA: "" }, [], new Date(0))).toThrow("GITHUB_SHA is not set");
  });
});

describe("a stack's history", () => {
  const entry = (version: number, kind: string, message: string, commit?: string) => ({
    version,
    kind,
    message,
    environment: commit === undefined ? {} : { "git.head": commit },
  });
  const history = [
    entry(4, "refresh", "d", "ddd"),
    entry(3, "update", "c", "ccc"),
    entry(2, "destroy", "b", "bbb"),
    entry(1, "update", "a", "aaa"),
  ];

  it("names the newest update's commit, whatever else was done since", () => {
    expect(deployedCommit(history)).toBe("ccc");
    expect(deployedCommit([])).toBeUndefined();
  });

  it("knows an update by its message, so that one that its preview stopped isn't taken for the one before", () => {
    expect(versionOf(history, "a")).toBe(1);
    expect(versionOf(history, "stopped at its preview")).toBeUndefined();
  });

  it("is read from the engine's own JSON", async () => {
    const input = JSON.stringify(history);
    expect((await command("stack-history", ["commit"], { input })).stdout).toBe("ccc\n");
    expect((await command("stack-history", ["version", "a"], { input })).stdout).toBe("1\n");
    expect((await command("stack-history", ["version", "other"], { input })).stdout).toBe("\n");
    expect((await command("stack-history", ["else"], { input })).code).toBe(1);
  });
});
