import { CoreV1Api, AppsV1Api, KubeConfig } from "@kubernetes/client-node";
import * as k8s from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { RealClusterHost } from "../../src/rehearsal/control-plane";
import { silent } from "../../src/rehearsal/progress";
import { customResourceDefinitions } from "../../src/rehearsal/providers";
import { controlPlaneTools, ensureTools } from "../../src/rehearsal/tools";
import { failure, openFixture, type Fixture } from "./providers-fixture";
import { textOf } from "../../src/rehearsal/providers/values";

/** What the pod security standard `restricted` asks of a container. */
const restricted = {
  runAsNonRoot: true,
  runAsUser: 1001,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

interface WebOptions {
  readonly replicas?: number;
  readonly securityContext?: object;
  readonly cpu?: string;
  readonly extra?: object;
  readonly annotations?: Record<string, string>;
}

describe("the kubernetes stand-in on a real control plane", { timeout: 180_000 }, () => {
  let fixture: Fixture;
  let clusters: string;

  beforeAll(async () => {
    const binaries = await ensureTools(controlPlaneTools, silent);
    clusters = mkdtempSync(join(tmpdir(), "holdfast-clusters-"));
    const host = new RealClusterHost({
      dir: clusters,
      binaries,
      progress: silent,
      definitions: customResourceDefinitions,
    });
    fixture = await openFixture({ clusterHost: () => host });
  }, 180_000);

  afterAll(async () => {
    await (await stackOf()).destroy();
    await fixture.close();
    rmSync(clusters, { recursive: true, force: true });
  }, 180_000);

  const stackOf = (options: WebOptions = {}): Promise<Stack> => {
    const { replicas = 2, securityContext = restricted, cpu = "1000m", extra = {}, annotations = {} } = options;
    return fixture.stack(() => {
      const cluster = new linode.LkeCluster("cluster", {
        label: "real",
        region: "fr-par",
        k8sVersion: "1.35",
        pools: [{ type: "g6-standard-8", count: 2 }],
      });
      const kubeconfig = cluster.kubeconfig.apply((encoded) => Buffer.from(encoded, "base64").toString());
      const provider = new k8s.Provider("real", { kubeconfig });
      const namespace = new k8s.core.v1.Namespace(
        "shop",
        { metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
        { provider },
      );
      const inShop = namespace.metadata.name;
      const labels = { app: "web" };
      const resources = { requests: { cpu, memory: "1024Mi" } };
      const deployment = new k8s.apps.v1.Deployment(
        "web",
        {
          metadata: { name: "web", namespace: inShop, annotations },
          spec: {
            replicas,
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: { containers: [{ name: "web", image: "nginx", securityContext, resources, ...extra }] },
            },
          },
        },
        { provider },
      );
      const claim = new k8s.core.v1.PersistentVolumeClaim(
        "models",
        {
          metadata: { name: "models", namespace: inShop },
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "linode-block-storage",
            resources: { requests: { storage: "1024Mi" } },
          },
        },
        { provider },
      );
      new k8s.core.v1.Secret(
        "token",
        { metadata: { name: "token", namespace: inShop }, stringData: { a: "b" } },
        { provider },
      );
      new k8s.apiextensions.CustomResource(
        "web",
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "ServiceMonitor",
          metadata: { name: "web", namespace: inShop },
          spec: { selector: { matchLabels: labels }, endpoints: [{ port: "http" }] },
        },
        { provider },
      );
      return Promise.resolve({ available: deployment.status.availableReplicas, phase: claim.status.phase });
    });
  };

  const api = () => {
    const [cluster] = fixture.inventory.list({ type: "linode:index/lkeCluster:LkeCluster" });
    const config = new KubeConfig();
    config.loadFromString(textOf(cluster?.secrets?.kubeconfig));
    return { core: config.makeApiClient(CoreV1Api), apps: config.makeApiClient(AppsV1Api) };
  };

  it("waits until pods run, changes nothing the second time, and finds no drift in what the server writes differently", async () => {
    const stack = await stackOf();
    expect((await stack.up()).outputs).toMatchObject({ available: { value: 2 } });
    expect((await api().core.listNamespacedPod({ namespace: "shop" })).items).toHaveLength(2);
    expect((await stack.up()).summary.resourceChanges).toEqual({ same: 8 });
    const refreshed = await stack.refresh();
    expect(refreshed.summary.resourceChanges?.update ?? 0).toBe(0);
    expect((await stack.up()).summary.resourceChanges).toEqual({ same: 8 });
  });

  it("updates in place, and puts drift right", async () => {
    const stack = await stackOf({ replicas: 3 });
    const updated = await stack.up();
    expect(updated.summary.resourceChanges).toEqual({ same: 7, update: 1 });
    expect(updated.outputs.available?.value).toBe(3);
    const { apps } = api();
    const live = await apps.readNamespacedDeployment({ namespace: "shop", name: "web" });
    if (live.spec?.template.spec?.containers[0]) live.spec.template.spec.containers[0].image = "nginx:changed";
    await apps.replaceNamespacedDeployment({ namespace: "shop", name: "web", body: live });
    expect((await stack.refresh()).summary.resourceChanges).toMatchObject({ update: 1 });
    expect(await failure(stack.up())).toContain("pulumi.com/patchForce");
    const forced = await stackOf({ replicas: 3, annotations: { "pulumi.com/patchForce": "true" } });
    await forced.up();
    const repaired = await apps.readNamespacedDeployment({ namespace: "shop", name: "web" });
    expect(repaired.spec?.template.spec?.containers[0]?.image).toBe("nginx");
  });

  it("shows the API server's own verdict at preview", async () => {
    const typo = await stackOf({ extra: { imagePullPolcy: "Always" } });
    expect(await failure(typo.preview())).toContain("imagePullPolcy");
    const invalid = await stackOf({ extra: { ports: [{ containerPort: 99999 }] } });
    expect(await failure(invalid.preview())).toContain("65535");
  });

  it("fails with the reason, and keeps the object in the state", async () => {
    const refused = await stackOf({ securityContext: { privileged: true } });
    const message = await failure(refused.up());
    expect(message).toContain('violates PodSecurity "restricted:latest"');
    const unschedulable = await stackOf({ cpu: "64", annotations: { "pulumi.com/timeoutSeconds": "3" } });
    expect(await failure(unschedulable.up())).toMatch(/not ready after 3 s.*Insufficient cpu/s);
    expect(fixture.stateFile()).toContain("shop/web");
    expect((await (await stackOf()).up()).summary.result).toBe("succeeded");
  });
});
