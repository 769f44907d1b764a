import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkout, scratch } from "../support/rehearsal";

/* The command as a user types it, in a checkout whose stacks are on existing; no cluster and no Pulumi are needed. */

let place: ReturnType<typeof scratch>;
beforeAll(() => {
  place = scratch();
  checkout(place.path, "existing");
});
afterAll(() => place.remove());

/** @returns the exit code, and all that was said */
const look = (...args: readonly string[]) => {
  const keepLinks = ["--preserve-symlinks", "--preserve-symlinks-main"];
  const command = [...keepLinks, "--import", "tsx", "src/cli/index.ts", "preflight", ...args];
  // Without Pulumi, wherever this machine has it.
  const env = { ...process.env, PATH: dirname(process.execPath) };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: place.path, env, encoding: "utf8" });
  return { status, said: stdout + stderr };
};

const kubeconfig = (token: string): string => {
  const file = join(place.path, "kubeconfig.yaml");
  const clusters = [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }];
  const contexts = [{ name: "c", context: { cluster: "c", user: "u" } }];
  const users = [{ name: "u", user: { token } }];
  writeFileSync(file, JSON.stringify({ "current-context": "c", clusters, contexts, users }));
  return file;
};

it.each([
  ["a stack that there isn't", ["--stack", "nowhere"], /Pulumi\.nowhere\.yaml[^]*There is no such file/],
  ["a kubeconfig that there isn't", ["--stack", "production", "--kubeconfig", "none"], /none: it cannot be read/],
  ["no Pulumi to decrypt with", ["--stack", "production"], /pulumi is not on the PATH[^]*--kubeconfig <path>/],
])("fails with the reason for %s, and no stack trace", (_, args, reason) => {
  const { status, said } = look(...args);
  expect(said).toMatch(reason);
  expect(said).not.toMatch(/^\s+at .*\.(ts|js)/m);
  expect(status).toBe(1);
});

it("fails with what can be done where nobody answers, and shows no credentials", () => {
  const { status, said } = look("--stack", "production", "--kubeconfig", kubeconfig("never-shown"));
  expect(said).toMatch(/the cluster +not reachable: .*ECONNREFUSED/);
  expect(said).toContain("Is its API's address reachable from here");
  expect(said).not.toContain("never-shown");
  expect(status).toBe(1);
});
