import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notRolledOut, type Rollout } from "../../tools/ci/rollout";
import { smokeTest, type ClusterView } from "../../tools/ci/smoke-test";
import { command } from "./command";

interface Replicas {
  readonly wanted?: number;
  readonly all?: number;
  readonly updated?: number;
  readonly available?: number;
  readonly generation?: number;
  readonly seen?: number;
  readonly stuck?: boolean;
}

const deployment = (name: string, replicas: Replicas = {}): Rollout => {
  const { wanted = 2, all = 2, updated = 2, available = 2, generation = 3, seen = 3, stuck = false } = replicas;
  return {
    metadata: { name, namespace: "staging-services", generation },
    spec: { replicas: wanted },
    status: {
      observedGeneration: seen,
      replicas: all,
      updatedReplicas: updated,
      availableReplicas: available,
      conditions: [
        {
          type: "Progressing",
          status: stuck ? "False" : "True",
          reason: "ProgressDeadlineExceeded",
          message: "timed out",
        },
      ],
    },
  };
};

describe("a deployment", () => {
  it("is what it should be when all replicas run this version and are available", () => {
    expect(notRolledOut(deployment("web"))).toBeUndefined();
    expect(notRolledOut(deployment("scaled-to-none", { wanted: 0, all: 0, updated: 0, available: 0 }))).toBeUndefined();
  });

  it.each([
    [{ seen: 2 }, "its controller has not seen this version"],
    [{ updated: 1 }, "found 1 of 2 replicas updated"],
    [{ all: 3 }, "found 1 replicas of an older version"],
    [{ available: 0 }, "found 0 of 2 replicas available"],
    [{ stuck: true, available: 0 }, "its rollout is stuck: ProgressDeadlineExceeded timed out"],
  ])("with %o is not: %s", (replicas, reason) => {
    expect(notRolledOut(deployment("web", replicas))).toBe(reason);
  });

  it("that nothing has reported on is not", () => {
    expect(notRolledOut({ metadata: { name: "new", generation: 1 } })).toBeDefined();
  });
});

describe("a smoke test", () => {
  const never = () => Promise.resolve(false);
  const view = (...looks: (readonly Rollout[])[]): ClusterView => {
    const left = [...looks];
    return {
      version: () => Promise.resolve("v1.35.4"),
      deployments: () => Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? []),
    };
  };

  it("passes when the cluster answers and everything is available", async () => {
    expect(await smokeTest(view([deployment("web"), deployment("api")]), never)).toEqual({
      passed: true,
      lines: ["✓ Kubernetes v1.35.4 answers; 2 of 2 deployments are available"],
    });
  });

  it("names each deployment that is not available, and why", async () => {
    const cluster = view([
      deployment("web"),
      deployment("vllm", { available: 1 }),
      deployment("api", { available: 0 }),
    ]);
    expect(await smokeTest(cluster, never)).toEqual({
      passed: false,
      lines: [
        "✗ Kubernetes v1.35.4 answers; 1 of 3 deployments are available",
        "  staging-services/api   found 0 of 2 replicas available",
        "  staging-services/vllm   found 1 of 2 replicas available",
      ],
    });
  });

  it("waits while there is time, and no longer", async () => {
    const late = [deployment("web", { available: 0 })];
    let waits = 0;
    const result = await smokeTest(view(late, late, [deployment("web")]), () => Promise.resolve(++waits < 10));
    expect(result.passed).toBe(true);
    expect(waits).toBe(2);
    expect((await smokeTest(view(late), () => Promise.resolve(++waits < 10))).passed).toBe(false);
    expect(waits).toBe(10);
  });

  it("fails where it finds no deployment at all", async () => {
    expect(await smokeTest(view([]), never)).toMatchObject({ passed: false });
  });
});

describe("the smoke test's command", () => {
  const token = "kubeconfig-token-that-nobody-may-see";
  let server: Server;
  let kubeconfig: string;
  const asked: string[] = [];
  const answers: Record<string, unknown> = {
    "/version": { gitVersion: "v1.35.4", major: "1", minor: "35" },
    "/api/v1/namespaces?labelSelector=holdfast.dev%2Fenvironment%3Dstaging": {
      items: [{ metadata: { name: "staging-services" } }],
    },
    "/apis/apps/v1/namespaces/staging-services/deployments": { items: [deployment("web")] },
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const authorized = request.headers.authorization === `Bearer ${token}`;
      const answer = answers[request.url ?? ""];
      asked.push(request.url ?? "");
      response.writeHead(!authorized ? 401 : answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(
        JSON.stringify(authorized ? (answer ?? {}) : { message: `not ${request.headers.authorization ?? ""}` }),
      );
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    kubeconfig = configFor((server.address() as AddressInfo).port, token);
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  const configFor = (port: number, userToken: string): string =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "c",
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
      users: [{ name: "u", user: { token: userToken } }],
    });
  const smoke = (outputs: string, stack = "staging") =>
    command("smoke", ["--environment", stack, "--timeout-minutes", "0"], { input: outputs });
  const quietAbout = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }, secret: string) =>
    expect(`${stdout}${stderr}`).not.toContain(secret);

  it("asks the cluster behind the stack's kubeconfig for this environment's deployments", async () => {
    const ended = await smoke(JSON.stringify({ kubeconfig, other: 1 }));
    expect(ended).toEqual({
      code: 0,
      stdout: "✓ Kubernetes v1.35.4 answers; 1 of 1 deployments are available\n",
      stderr: "",
    });
    expect(new Set(asked)).toEqual(new Set(Object.keys(answers)));
  });

  it("fails, without the token, where the cluster refuses it", async () => {
    const refused = await smoke(
      JSON.stringify({ kubeconfig: configFor((server.address() as AddressInfo).port, `${token}-old`) }),
    );
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("the cluster does not answer: HTTP status 401");
    quietAbout(refused, token);
  });

  it.each([
    ["no kubeconfig", { domain: "x" }, "found the outputs domain, wanted a kubeconfig's text"],
    ["a hidden one", { kubeconfig: "[secret]" }, "found it hidden"],
    ["one that can't be read", { kubeconfig: `token: [${token}` }, "found text that is no kubeconfig"],
  ])("says what is wrong with outputs that have %s, and no value", async (_, outputs, message) => {
    const ended = await smoke(JSON.stringify(outputs));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(message);
    quietAbout(ended, token);
  });

  it("doesn't quote what it can't parse", async () => {
    const ended = await smoke(`{"kubeconfig": "${token}`);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("found no JSON");
    quietAbout(ended, token);
  });
});
