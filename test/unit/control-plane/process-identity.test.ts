import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { identityFromStat, processIdentity } from "../../../src/rehearsal/control-plane/process-identity";
import {
  endProcesses,
  isRunning,
  logPath,
  readRecords,
  startProcess,
  writeRecords,
} from "../../../src/rehearsal/control-plane/processes";
import { stopControlPlane } from "../../../src/rehearsal/control-plane/stop";

describe("what /proc says of a process", () => {
  const stat = (name: string, state: string) =>
    `42 (${name}) ${state} 1 42 42 0 -1 4194560 1 0 0 0 1 2 3 4 20 0 1 0 987654 1000 200`;

  it("tells when it started, whatever its name holds", () => {
    expect(identityFromStat(stat("node", "S"), "boot")).toBe("boot:987654");
    expect(identityFromStat(stat("a) R 1 (b", "S"), "boot")).toBe("boot:987654");
  });

  it("tells that it has ended where only its parent has not looked yet", () => {
    expect(identityFromStat(stat("node", "Z"), "boot")).toBeUndefined();
  });
});

describe("a started process", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "processes-"));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it("is known again from what was recorded, and stopped by it", async () => {
    const { record } = await startProcess(dir, { name: "sleep", binary: "sleep", args: ["600"] });
    await writeRecords(dir, [record]);
    expect((await readRecords(dir)).map(isRunning)).toEqual([true]);
    await stopControlPlane(dir);
    expect(processIdentity(record.pid)).toBeUndefined();
    expect(await readRecords(dir)).toEqual([]);
    await stopControlPlane(dir);
  });

  it("is left alone where its pid now belongs to another program", async () => {
    const other = spawn("sleep", ["600"]);
    try {
      await once(other, "spawn");
      await writeRecords(dir, [{ name: "etcd", pid: other.pid ?? 0, identity: "an earlier boot:1" }]);
      await stopControlPlane(dir);
      expect(processIdentity(other.pid ?? 0)).toBeDefined();
    } finally {
      other.kill();
    }
  });

  it("is killed where it does not end by itself", async () => {
    const stubborn = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)";
    const command = { name: "stubborn", binary: process.execPath, args: ["-e", stubborn] };
    const { record, child } = await startProcess(dir, command);
    await vi.waitUntil(async () => (await readFile(logPath(dir, "stubborn"), "utf8")).includes("up"), 30_000);
    const exit = once(child, "exit");
    await endProcesses([record], 50);
    expect(await exit).toEqual([null, "SIGKILL"]);
  });

  it("is refused with its name where there is no such program", async () => {
    await expect(startProcess(dir, { name: "x", binary: join(dir, "absent"), args: [] })).rejects.toThrow(/absent/);
  });
});

it("has nothing to stop in a folder that does not exist", async () => {
  await expect(stopControlPlane(join(tmpdir(), "no-such-control-plane"))).resolves.toBeUndefined();
});
