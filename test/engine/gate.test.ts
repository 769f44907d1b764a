import { afterEach, beforeEach, expect, it } from "vitest";
import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { OperationFailed, previewThenUp } from "../../src/rehearsal/engine/gate";
import type { Rehearsal } from "../../src/rehearsal/rehearsal";
import { checkout, scratch, simulated } from "../support/rehearsal";

let folder: ReturnType<typeof scratch>;
let rehearsal: Rehearsal | undefined;
beforeEach(() => {
  folder = scratch();
});
afterEach(async () => {
  await rehearsal?.close();
  folder.remove();
});

/** What the engine asked providers to do, previews aside. */
const acted = (): readonly string[] =>
  (rehearsal?.providers.calls ?? [])
    .filter(({ method, preview }) => ["create", "update", "delete", "read"].includes(method) && preview !== true)
    .map(({ method, type }) => `${method} ${type}`);

const update = async (program: PulumiFn | undefined, repository?: string): Promise<unknown> => {
  rehearsal = await simulated({
    root: folder.path,
    ...(program === undefined ? {} : { program }),
    ...(repository === undefined ? {} : { repository }),
  });
  const stack = await rehearsal.openStack("development");
  return previewThenUp(stack, { places: rehearsal.places, policyPacks: rehearsal.policyPacks }).catch(
    (error: unknown) => error,
  );
};

/** A provider with a kubeconfig that isn't known before the update, as a new cluster's is not. */
const cluster = () => {
  const unknown = new random.RandomId("cluster", { byteLength: 4 });
  return new k8s.Provider("cluster", { kubeconfig: unknown.hex });
};

it("makes nothing when a mandatory rule is broken, although one of the values is unknown", async () => {
  const failed = await update(async () => {
    const provider = cluster();
    const tag = new random.RandomId("tag", { byteLength: 4 });
    const namespace = new k8s.core.v1.Namespace("web", { metadata: { name: "web" } }, { provider });
    new k8s.apps.v1.Deployment(
      "web",
      {
        metadata: { name: "web", namespace: namespace.metadata.name },
        spec: {
          selector: { matchLabels: { app: "web" } },
          template: {
            metadata: { labels: { app: "web" } },
            spec: { containers: [{ name: "nginx", image: tag.hex, securityContext: { privileged: true } }] },
          },
        },
      },
      { provider },
    );
    return Promise.resolve();
  });
  expect(failed).toBeInstanceOf(OperationFailed);
  const { operation, outcome } = failed as OperationFailed;
  expect(operation).toBe("preview");
  const privileged = outcome.violations.find(({ message }) => /privileged/.test(message) && /nginx/.test(message));
  expect(privileged?.level).toBe("mandatory");
  expect(privileged?.urn).toContain("Deployment::web");
  expect(
    outcome.violations.some(({ level, message }) => level === "advisory" && /cannot be decided/.test(message)),
  ).toBe(true);
  expect(acted()).toEqual([]);
});

it("makes nothing when a namespace lacks its guards, which only a rule over the whole stack can see", async () => {
  const failed = await update(async () => {
    const provider = cluster();
    new k8s.core.v1.Namespace("bare", { metadata: { name: "bare" } }, { provider });
    return Promise.resolve();
  });
  expect(failed).toBeInstanceOf(OperationFailed);
  const { operation, outcome } = failed as OperationFailed;
  expect(operation).toBe("preview");
  const wanted = outcome.violations.filter(({ level }) => level === "mandatory").map(({ message }) => message);
  for (const guard of ["ResourceQuota", "LimitRange", "NetworkPolicy"]) {
    expect(wanted.some((message) => message.includes(guard))).toBe(true);
  }
  expect(acted()).toEqual([]);
});

it("makes nothing when a stack file has mistakes, and says them all", async () => {
  const project = scratch();
  try {
    const { edit } = checkout(project.path);
    edit("development", ["holdfast:region: fr-par", "holdfast:region: 7"]);
    edit("development", ["plan: g6-standard-8", "plan: g1-gpu-rtx6000-1"]);
    const failed = await update(undefined, project.path);
    expect(failed).toBeInstanceOf(OperationFailed);
    const said = (failed as OperationFailed).outcome.errors.join("\n");
    expect(said).toContain("holdfast:region");
    expect(said).toContain("g3-gpu-rtxpro6000-blackwell-1");
    expect(said).not.toMatch(/^\s+at .*\.ts/m);
    expect(acted()).toEqual([]);
  } finally {
    project.remove();
  }
});
