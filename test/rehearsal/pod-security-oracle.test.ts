import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiException, CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Level } from "../../policies/pod-security";
import { removeControlPlane, startControlPlane } from "../../src/rehearsal/control-plane";
import { silent } from "../../src/rehearsal/progress";
import { ensureTools } from "../../src/rehearsal/tools";
import { brokenPods } from "../policy/broken-pods";
import { pods, type GeneratedPod } from "../policy/pods";
import { judgePod } from "../policy/support/judge-pod";

const dir = mkdtempSync(join(tmpdir(), "holdfast-oracle-"));
let api: CoreV1Api;

beforeAll(async () => {
  const binaries = await ensureTools(
    ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"],
    silent,
  );
  const { kubeconfig } = await startControlPlane({ dir, binaries, progress: silent });
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  api = config.makeApiClient(CoreV1Api);
});

afterAll(() => removeControlPlane(dir));

describe.each<Level>(["baseline", "restricted"])("the pack and an API server that enforces %s", (level) => {
  beforeAll(() => makeNamespace(level));

  it("refuse and admit the same pods", async () => {
    const verdicts = { admitted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(pods, async (pod) => {
        const answer = await ask(level, pod);
        fc.pre(answer.verdict !== "invalid");
        verdicts[answer.verdict]++;
        const findings = judgePod(level, pod);
        const said = `the API server: ${answer.reason}; the pack: ${findings.map(({ rule }) => rule).join(", ")}`;
        expect(findings.length > 0 ? "refused" : "admitted", said).toBe(answer.verdict);
      }),
      { seed: 1_35_0, numRuns: 400, maxSkipsPerRun: 50 },
    );
    // Neither verdict may be a rarity, or agreement means little.
    expect(Math.min(verdicts.admitted, verdicts.refused)).toBeGreaterThanOrEqual(60);
  });

  // Chance seldom breaks one control and no other, so a control that the pack had lost could go unnoticed above.
  it.each(brokenPods.filter((broken) => level === "restricted" || broken.level === "baseline"))(
    "do not admit the pod that breaks $rule",
    async ({ rule, pod }) => {
      // A host process without the host's network, say, the API server refuses for its form already.
      expect(["refused", "invalid"]).toContain((await ask(level, pod)).verdict);
      expect(judgePod(level, pod).map((found) => found.rule)).toContain(rule);
    },
  );
});

const makeNamespace = async (level: Level): Promise<void> => {
  const labels = { "pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/enforce-version": "v1.35" };
  await api.createNamespace({ body: { metadata: { name: level, labels } } });
  // Pods wait for it otherwise, and the controller that makes it takes its time.
  await api
    .createNamespacedServiceAccount({ namespace: level, body: { metadata: { name: "default" } } })
    .catch((error: unknown) => {
      if (!(error instanceof ApiException && error.code === 409)) throw error;
    });
};

interface Answer {
  /** `invalid`: refused for its form, before any control looks at it. */
  readonly verdict: "admitted" | "refused" | "invalid";
  readonly reason: string;
}

const ask = async (namespace: string, { annotations, spec }: GeneratedPod): Promise<Answer> => {
  try {
    const body = { metadata: { name: "generated", annotations: { ...annotations } }, spec: structuredClone(spec) };
    await api.createNamespacedPod({ namespace, body: body as never, dryRun: "All", fieldValidation: "Strict" });
    return { verdict: "admitted", reason: "admitted" };
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    const { message } = JSON.parse(error.body as string) as { readonly message: string };
    if (error.code === 422) return { verdict: "invalid", reason: message };
    if (error.code === 403 && message.includes("violates PodSecurity")) return { verdict: "refused", reason: message };
    throw error;
  }
};
