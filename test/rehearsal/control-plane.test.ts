import { CoreV1Api } from "@kubernetes/client-node";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  ControlPlaneStartError,
  startControlPlane,
  stopClusters,
  stopControlPlane,
  type ControlPlaneBinaries,
} from "../../src/rehearsal/control-plane";
import { processIdentity } from "../../src/rehearsal/control-plane/process-identity";
import { readRecords } from "../../src/rehearsal/control-plane/processes";
import { silent } from "../../src/rehearsal/progress";
import { clientFor, controlPlaneFolder, type ControlPlaneFolder } from "../support/control-plane";

let folder: ControlPlaneFolder;
let binaries: ControlPlaneBinaries;
let root: string;
beforeAll(async () => {
  folder = await controlPlaneFolder();
  ({ binaries, path: root } = folder);
});
afterAll(() => folder.remove());

const start = (name: string, replaced: Partial<ControlPlaneBinaries> = {}) =>
  startControlPlane({ dir: join(root, name), binaries: { ...binaries, ...replaced }, progress: silent });

describe("a control plane", () => {
  afterEach(() => stopClusters(root));

  it("answers whoever holds its kubeconfig, over TLS that the kubeconfig can check, and no one else", async () => {
    const { kubeconfig, kubeconfigPath, server } = await start("answers");
    expect(kubeconfig).not.toContain("insecure");
    expect(await readFile(kubeconfigPath, "utf8")).toBe(kubeconfig);
    const namespaces = await clientFor(kubeconfig).makeApiClient(CoreV1Api).listNamespace();
    expect(namespaces.items.map(({ metadata }) => metadata?.name)).toContain("kube-system");
    const stranger = clientFor(kubeconfig.replace(/token: .*/, "token: guessed"));
    await expect(stranger.makeApiClient(CoreV1Api).listNamespace()).rejects.toMatchObject({ code: 401 });
    expect(server).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  });

  it("keeps its secrets to its user", async () => {
    const { dir } = await start("private");
    const mode = async (file: string) => (await stat(join(dir, file))).mode & 0o777;
    expect(await mode(".")).toBe(0o700);
    for (const file of ["kubeconfig", "tokens.csv", "service-account.key", "pids.json"]) {
      expect([file, await mode(file)]).toEqual([file, 0o600]);
    }
  });

  it("leaves no process when it is stopped, and a second stop does nothing", async () => {
    const { dir, stop } = await start("stops");
    const pids = (await readRecords(dir)).map(({ pid }) => pid);
    expect(pids).toHaveLength(5);
    await stop();
    expect(pids.map(processIdentity)).toEqual(pids.map(() => undefined));
    await stop();
    await stopControlPlane(dir);
  });

  it("is found running by a second start, and comes back after a stop as it was", async () => {
    const first = await start("again");
    const records = await readRecords(first.dir);
    expect((await start("again")).kubeconfig).toBe(first.kubeconfig);
    expect(await readRecords(first.dir)).toEqual(records);

    const api = clientFor(first.kubeconfig).makeApiClient(CoreV1Api);
    await api.createNamespace({ body: { metadata: { name: "kept" } } });
    await first.stop();
    const second = await start("again");
    const names = (await clientFor(second.kubeconfig).makeApiClient(CoreV1Api).listNamespace()).items;
    expect(names.map(({ metadata }) => metadata?.name)).toContain("kept");
  });

  it("starts afresh where a part of it was killed", async () => {
    const { dir, kubeconfig } = await start("crashed");
    const scheduler = (await readRecords(dir)).find(({ name }) => name === "kube-scheduler");
    process.kill(scheduler?.pid ?? 0, "SIGKILL");
    await vi.waitUntil(() => processIdentity(scheduler?.pid ?? 0) === undefined, 30_000);
    await start("crashed");
    const restarted = (await readRecords(dir)).find(({ name }) => name === "kube-scheduler");
    expect(processIdentity(restarted?.pid ?? 0)).toBe(restarted?.identity);
    expect(restarted).not.toEqual(scheduler);
    expect(await readFile(join(dir, "kubeconfig"), "utf8")).toBe(kubeconfig);
  });

  it("starts beside another, and at once with itself only once", async () => {
    const [a, b, sameAsB] = await Promise.all([start("a"), start("b"), start("b")]);
    expect(a.server).not.toBe(b.server);
    expect(sameAsB.kubeconfig).toBe(b.kubeconfig);
    expect(await readRecords(b.dir)).toHaveLength(5);
  });

  it("says which part failed, with the end of its log, and leaves nothing running", async () => {
    const broken = join(root, "broken-scheduler");
    await writeFile(broken, "#!/bin/sh\necho 'cannot schedule today' >&2\nexit 3\n");
    await chmod(broken, 0o755);
    const failure = await start("fails", { "kube-scheduler": broken }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ControlPlaneStartError);
    expect(failure).toMatchObject({
      component: "kube-scheduler",
      message: expect.stringMatching(
        /^kube-scheduler ended with code 3 while .*\n {4}cannot schedule today$/,
      ) as string,
    });
    expect(await readRecords(join(root, "fails"))).toEqual([]);
  });
});
