import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missingApprovals, type Approval } from "../../tools/ci/approvals";
import { command } from "./command";

const approval = (login: string, environment: string, state = "approved"): Approval => ({
  state,
  user: { login },
  environments: [{ name: environment }],
});
const rule = { environments: ["first", "production"], startedBy: ["merger"] };

describe("two approvals", () => {
  it("are enough when two people gave one each", () => {
    expect(missingApprovals([approval("ann", "first"), approval("bob", "production")], rule)).toEqual([]);
  });

  it("are missing when one person gave both, however the login is written", () => {
    const [reason] = missingApprovals([approval("ann", "first"), approval("Ann", "production")], rule);
    expect(reason).toContain("found approvals by ann alone, wanted 2 different people");
  });

  it("are missing where an environment has no reviewers and opened by itself", () => {
    expect(missingApprovals([], rule)).toHaveLength(2);
    const [reason, ...others] = missingApprovals([approval("ann", "first")], rule);
    expect(reason).toContain("production: found no approval");
    expect(others).toEqual([]);
  });

  it("don't count from whoever started the run", () => {
    expect(missingApprovals([approval("ann", "first"), approval("Merger", "production")], rule)).toHaveLength(1);
  });

  it("don't count when they were refusals", () => {
    expect(missingApprovals([approval("ann", "first"), approval("bob", "production", "rejected")], rule)).toHaveLength(
      1,
    );
  });

  it("are found among more, whichever of them must stand for what", () => {
    const approvals = [approval("ann", "first"), approval("bob", "first"), approval("ann", "production")];
    expect(missingApprovals(approvals, rule)).toEqual([]);
  });
});

describe("the command that counts approvals", () => {
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "holdfast-approvals-"));
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  const count = async (approvals: readonly Approval[], environments: string) => {
    const file = join(scratch, "approvals.json");
    writeFileSync(file, JSON.stringify(approvals));
    const options = ["--approvals", file, "--environments", environments, "--started-by", "merger merger"];
    return command("require-approvals", options);
  };

  it("lets two people's through and stops on one's", async () => {
    const first = approval("ann", "first");
    expect((await count([first, approval("bob", "production")], "first production")).code).toBe(0);
    const stopped = await count([first, approval("ann", "production")], "first production");
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(/^::error::first, production: found approvals by ann alone/);
  });

  it("stops where it isn't told what to count", async () => {
    const stopped = await count([], "");
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toContain("--environments is missing");
  });
});
