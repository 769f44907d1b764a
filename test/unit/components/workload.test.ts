import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppDeployment, type AppDeploymentArgs } from "../../../components/app";
import { VllmServer, type VllmServerArgs } from "../../../components/inference";
import { disruptionBudget } from "../../../components/workload/disruption-budget";
import { preStopSeconds } from "../../../components/workload/termination";
import { inTheClear, only, record } from "./recorder";
import { vllm, workload } from "./samples";

const deployment = "kubernetes:apps/v1:Deployment";
const statefulSet = "kubernetes:apps/v1:StatefulSet";

type Pod = types.output.core.v1.PodTemplateSpec;
type Mount = Partial<types.output.core.v1.VolumeMount>;
const podOf = (inputs: Readonly<Record<string, unknown>>): Pod => (inputs["spec"] as { template: Pod }).template;
const deploy = (changes: Partial<AppDeploymentArgs> = {}) =>
  record(() => new AppDeployment("shop", { ...workload(), ...changes }));
const pod = async (changes: Partial<AppDeploymentArgs> = {}): Promise<Pod> =>
  podOf(only(await deploy(changes), deployment).inputs);

describe("a disruption budget", () => {
  /** Pods that eviction may take, as the disruption controller counts them when all are ready. */
  const allowed = (budget: ReturnType<typeof disruptionBudget>): number =>
    budget === undefined ? Infinity : (budget.maxUnavailable as number);

  it("never blocks a drain, whatever the autoscaler chooses", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (min) => {
        const budget = disruptionBudget("shop", min);
        expect(allowed(budget)).toBeGreaterThanOrEqual(1);
        expect(budget?.minAvailable).toBeUndefined();
      }),
    );
  });

  it("keeps all but one, where there is more than one", () => {
    expect(disruptionBudget("shop", 2)).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" });
    expect(disruptionBudget("shop", 1)).toBeUndefined();
  });
});

describe("stopping", () => {
  it("leaves most of the grace to finish in, however short it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3600 }), (grace) => {
        expect(preStopSeconds(grace)).toBeLessThanOrEqual(grace / 3);
      }),
    );
    expect(preStopSeconds(45)).toBe(10);
  });
});

describe("an app", () => {
  it("leaves the number of pods to the autoscaler", async () => {
    const recording = await deploy();
    expect(only(recording, deployment).inputs["spec"]).not.toHaveProperty("replicas");
    const { spec } = only(recording, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler").inputs;
    expect(spec).toMatchObject({
      minReplicas: 2,
      maxReplicas: 10,
      scaleTargetRef: { kind: "Deployment", name: "shop" },
    });
  });

  it("has its secrets as files that its group alone may read, and none in its environment", async () => {
    const { spec } = await pod();
    const [container] = spec.containers;
    expect(container?.volumeMounts).toContainEqual({
      name: "shop-secrets",
      mountPath: "/var/run/secrets/holdfast",
      readOnly: true,
    });
    expect(spec.volumes).toContainEqual({
      name: "shop-secrets",
      secret: { secretName: "shop-secrets", defaultMode: 0o440 },
    });
    expect(container?.env).toBeUndefined();
    expect(container?.envFrom).toEqual([{ configMapRef: { name: "shop-settings" } }]);
  });

  it("rolls when a setting or a secret changes, and only then", async () => {
    const before = await pod();
    expect(await pod()).toEqual(before);
    expect(await pod({ settings: { LOG_LEVEL: "debug" } })).not.toEqual(before);
    expect(await pod({ secrets: { "api-key": pulumi.secret("plain-other") } })).not.toEqual(before);
  });

  it("carries no checksum that a short secret could be found from", async () => {
    const { annotations } = (await pod({ secrets: { pin: pulumi.secret("1234") } })).metadata;
    const guess = createHash("sha256")
      .update(JSON.stringify([["pin", "1234"]]))
      .digest("hex");
    expect(Object.values(annotations)).not.toContain(guess);
    expect(annotations["holdfast.dev/secrets-checksum"]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("refuses secrets without the key of their checksum", async () => {
    const { checksumKey: _, ...args } = workload();
    await expect(record(() => new AppDeployment("shop", args))).rejects.toThrow("checksumKey: missing");
  });

  it("takes a tag only where it needn't be a digest", async () => {
    await expect(deploy({ image: "app:1.0" })).rejects.toThrow(
      'image: "app:1.0" has no digest; production takes repository@sha256:<64 hex digits> only.',
    );
    expect((await pod({ image: "app:1.0", requireDigest: false })).spec.containers[0]?.image).toBe("app:1.0");
  });

  it.each([
    [0, 1],
    [3, 2],
    [1.5, 2],
  ])("refuses %d to %d replicas", async (min, max) => {
    await expect(deploy({ replicas: { min, max } })).rejects.toThrow(/^replicas: /);
  });

  it("waits for what its pods need, and for its nodes", async () => {
    const recording = await record(() => {
      const nodes = [new random.RandomId("pool", { byteLength: 1 })];
      return new AppDeployment("shop", { ...workload(), nodes });
    });
    const { dependencies } = only(recording, deployment);
    for (const type of ["ServiceAccount", "ConfigMap", "Secret"]) {
      expect(dependencies).toContain(only(recording, `kubernetes:core/v1:${type}`).urn);
    }
    expect(dependencies).toContain(only(recording, "kubernetes:networking.k8s.io/v1:NetworkPolicy").urn);
    expect(dependencies).toContain(only(recording, "random:index/randomId:RandomId").urn);
  });

  it("is scraped where its metrics are", async () => {
    const service = "kubernetes:core/v1:Service";
    const monitor = "kubernetes:monitoring.coreos.com/v1:ServiceMonitor";
    const apart = await deploy();
    expect(only(apart, monitor).inputs["spec"]).toMatchObject({ endpoints: [{ port: "metrics", path: "/metrics" }] });
    expect(JSON.stringify(only(apart, service).inputs)).toContain('"targetPort":"metrics"');
    const together = await deploy({ metrics: { port: 8080, path: "/m" } });
    expect(only(together, monitor).inputs["spec"]).toMatchObject({ endpoints: [{ port: "http", path: "/m" }] });
    expect(JSON.stringify(only(together, service).inputs)).not.toContain("metrics");
  });
});

describe("a vLLM server", () => {
  const serve = (changes: Partial<VllmServerArgs> = {}) => record(() => new VllmServer("vllm", vllm(changes)));

  it("runs on the GPU nodes, and asks for its GPUs", async () => {
    const { spec } = podOf(only(await serve(), statefulSet).inputs);
    expect(spec.nodeSelector).toMatchObject({ "holdfast.dev/purpose": "inference" });
    expect(spec.tolerations).toEqual([{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }]);
    expect(spec.containers[0]?.resources.limits).toMatchObject({ "nvidia.com/gpu": "1" });
    expect(spec.initContainers[0]?.resources.limits).not.toHaveProperty("nvidia.com/gpu");
  });

  it("lets the sync alone write to the cache and see the store's credentials", async () => {
    const { spec } = podOf(only(await serve(), statefulSet).inputs);
    const mounts = (container: types.output.core.v1.Container | undefined) =>
      Object.fromEntries(
        (container?.volumeMounts ?? []).map((mount: Mount): [string, boolean] => [
          mount.mountPath ?? "",
          mount.readOnly ?? false,
        ]),
      );
    expect(mounts(spec.initContainers[0])).toMatchObject({ "/models": false, "/var/run/secrets/model-store": true });
    expect(mounts(spec.containers[0])).toMatchObject({ "/models": true, "/dev/shm": false, "/home/vllm": false });
    expect(mounts(spec.containers[0])).not.toHaveProperty("/var/run/secrets/model-store");
  });

  it("shares nothing with the host", async () => {
    const { spec } = podOf(only(await serve(), statefulSet).inputs);
    expect([spec.hostIPC, spec.hostPID, spec.hostNetwork]).toEqual([undefined, undefined, undefined]);
    expect(spec.volumes.filter((volume) => "hostPath" in volume)).toEqual([]);
  });

  it("isn't given Kubernetes' own VLLM_PORT, which it would take for its port", async () => {
    expect(podOf(only(await serve(), statefulSet).inputs).spec.enableServiceLinks).toBe(false);
  });

  it("shows no credentials", async () => {
    expect(inTheClear(await serve())).not.toContain("plain-");
  });

  it.each(["../other", "", "a/b", "$(SECRET)"])(
    "refuses the model %j, which would lead out of its folder",
    async (MODEL) => {
      await expect(serve({ settings: { MODEL } })).rejects.toThrow(/^settings\.MODEL: /);
    },
  );

  it("needs a model and a GPU", async () => {
    await expect(serve({ settings: {} })).rejects.toThrow("settings.MODEL: missing");
    const { resources } = workload();
    await expect(serve({ resources })).rejects.toThrow("resources.gpus: 0");
  });
});
