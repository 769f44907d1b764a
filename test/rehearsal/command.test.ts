import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { silent } from "../../src/rehearsal/progress";
import { resolveTools, toolCacheDir } from "../../src/rehearsal/tools";
import { repository, scratch } from "../support/rehearsal";

/* The commands as a user types them, with a cache of their own: what the user keeps up is not touched. */

let cache: ReturnType<typeof scratch>;
beforeEach(() => {
  cache = scratch();
  symlinkSync(toolCacheDir(), join(cache.path, "tools"));
});
afterEach(async () => {
  // A test that failed half-way has not taken its control plane down.
  await start("rehearse", "--down").ended;
  cache.remove();
});

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly said: () => string;
}

const start = (...args: readonly string[]): Running => {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/index.ts", ...args], {
    cwd: repository,
    env: { ...process.env, HOLDFAST_CACHE: cache.path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
  return { child, ended: new Promise((resolve) => child.once("exit", resolve)), said: () => said };
};

/** Programs that run in this test's rehearsals, or were started with a path in them: the engine, and a control plane's parts. */
const left = (): readonly string[] =>
  readdirSync("/proc").flatMap((pid) => {
    try {
      const line = readFileSync(join("/proc", pid, "cmdline"), "utf8").replaceAll("\0", " ");
      const place = readlinkSync(join("/proc", pid, "cwd"));
      return `${line} ${place}`.includes(join(cache.path, "rehearsals")) ? [line] : [];
    } catch {
      return [];
    }
  });

it("keeps a rehearsal up for kubectl, goes on with it, and takes it down", async () => {
  const first = start("rehearse", "--stack", "development", "--keep");
  expect(await first.ended, first.said()).toBe(0);
  const kubeconfig = /export KUBECONFIG=(\S+)/.exec(first.said())?.[1];
  if (kubeconfig === undefined) throw new Error(`no kubeconfig in:\n${first.said()}`);

  const { kubectl } = await resolveTools(["kubectl"], silent);
  const args = ["--kubeconfig", kubeconfig, "get", "pods", "--all-namespaces", "--output=name"];
  const { stdout } = await promisify(execFile)(kubectl.path, args);
  expect(stdout.split("\n").filter((name) => name.startsWith("pod/web-")).length).toBeGreaterThanOrEqual(2);

  const again = start("rehearse", "--stack", "development", "--keep");
  expect(await again.ended, again.said()).toBe(0);
  expect(again.said()).toMatch(/development: up: nothing to change/);

  const another = start("rehearse", "--stack", "development");
  expect(await another.ended).toBe(1);
  expect(another.said()).toContain("--down --stack development");
  expect(left().length).toBeGreaterThan(0);

  const down = start("rehearse", "--down");
  expect(await down.ended, down.said()).toBe(0);
  expect(down.said()).toContain("Stopped: development.");
  expect(left()).toEqual([]);
  expect(existsSync(kubeconfig)).toBe(false);
});

it("cleans up after Ctrl-C", async () => {
  const run = start("rehearse", "--stack", "development");
  while (!/https:\/\/127\.0\.0\.1/.test(run.said()) && run.child.exitCode === null) await sleep(50);
  expect(run.child.exitCode, run.said()).toBeNull();
  expect(left().length).toBeGreaterThan(0);
  run.child.kill("SIGINT");
  expect(await run.ended, run.said()).toBe(130);
  expect(left()).toEqual([]);
});

it("says which stacks there are when it is asked for another", async () => {
  const run = start("start", "--stack", "prodution");
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain("development, production, staging");
  expect(run.said()).not.toMatch(/^\s+at /m);
});
