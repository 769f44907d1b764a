import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toolCacheDir } from "../../src/rehearsal/tools";
import { repository, scratch } from "../support/rehearsal";

/* `npm run rehearse -- --cloud`, among rehearsals that are kept up: what is kept here has no control plane in it. */

let cache: ReturnType<typeof scratch>;
let kept: string;
beforeEach(() => {
  cache = scratch();
  symlinkSync(toolCacheDir(), join(cache.path, "tools"));
  // Each checkout has its own.
  kept = join(cache.path, "rehearsals", createHash("sha256").update(repository).digest("hex").slice(0, 12));
  for (const name of ["production", "production-aws", "production-azure", "staging-aws"]) {
    mkdirSync(join(kept, name, "clusters", "cluster"), { recursive: true });
  }
});
afterEach(() => {
  cache.remove();
});

const rehearse = (...args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "src/cli/index.ts", "rehearse", ...args],
      { cwd: repository, env: { ...process.env, HOLDFAST_CACHE: cache.path } },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode, said: stdout + stderr });
      },
    );
  });

describe("rehearse --cloud", () => {
  it("is a rehearsal of its own beside the stack's, and says how to go on with that one", async () => {
    const { code, said } = await rehearse("--stack", "staging", "--cloud", "aws");
    expect(code, said).not.toBe(0);
    expect(said).toContain("A rehearsal of staging on aws is kept up");
    expect(said).toContain("--down --stack staging --cloud aws");
  });

  it("takes down that cloud's rehearsals, and no other", async () => {
    const { code, said } = await rehearse("--down", "--cloud", "aws");
    expect(code, said).toBe(0);
    expect(said).toContain("Stopped: production-aws, staging-aws.");
    expect(readdirSync(kept)).toEqual(["production", "production-azure"]);
  });

  it("takes down the stack on that cloud alone, and the stack on its own cloud alone", async () => {
    expect(await rehearse("--down", "--stack", "production", "--cloud", "aws")).toMatchObject({ code: 0 });
    expect(readdirSync(kept)).toEqual(["production", "production-azure", "staging-aws"]);
    expect(await rehearse("--down", "--stack", "production")).toMatchObject({ code: 0 });
    expect(readdirSync(kept)).toEqual(["production-azure", "staging-aws"]);
  });

  it("names the clouds that there are, when it is none of them, and touches nothing", async () => {
    const { code, said } = await rehearse("--down", "--cloud", "gcp");
    expect(code).not.toBe(0);
    expect(said).toMatch(/gcp.*linode, aws, azure/);
    expect(readdirSync(kept)).toHaveLength(4);
  });
});
