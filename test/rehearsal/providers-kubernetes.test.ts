import * as k8s from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { failure, openFixture, type Fixture } from "./providers-fixture";
import { textOf } from "../../src/rehearsal/providers/values";

const type = (groupVersion: string, kind: string): string => `kubernetes:${groupVersion}:${kind}`;

/** A cluster, and the provider of what goes into it. */
const clusterNamed = (label: string, args: k8s.ProviderArgs = {}): k8s.Provider => {
  const cluster = new linode.LkeCluster(label, {
    label,
    region: "fr-par",
    k8sVersion: "1.35",
    pools: [{ type: "g6-standard-2", count: 1 }],
  });
  const kubeconfig = cluster.kubeconfig.apply((encoded) => Buffer.from(encoded, "base64").toString());
  return new k8s.Provider(label, { ...args, kubeconfig });
};

interface WebOptions {
  readonly replicas?: number;
  readonly image?: string;
  readonly labels?: Record<string, string>;
  readonly extra?: object;
}

const web = (namespace: pulumi.Input<string>, options: WebOptions, opts: pulumi.CustomResourceOptions) => {
  const { replicas = 2, image = "ghcr.io/stefanprodan/podinfo:6.9.0", labels = { app: "web" }, extra = {} } = options;
  return new k8s.apps.v1.Deployment(
    "web",
    {
      metadata: { name: "web", namespace },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: "web", image, ...extra }] } },
      },
    },
    opts,
  );
};

describe("the kubernetes stand-in on a simulated cluster, with the real engine", { timeout: 120_000 }, () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await openFixture();
  });
  afterEach(async () => {
    await fixture.close();
  });

  /** Objects of a namespace, with the deployment as the options say. */
  const program =
    (options: WebOptions = {}, settings: Record<string, string> = { mode: "a" }) =>
    () => {
      const provider = clusterNamed("unit");
      const namespace = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, { provider });
      const inShop = namespace.metadata.name;
      const deployment = web(inShop, options, { provider });
      const autonamed = new k8s.core.v1.ConfigMap(
        "settings",
        { metadata: { namespace: inShop }, data: settings },
        { provider },
      );
      const service = new k8s.core.v1.Service(
        "web",
        { metadata: { name: "web", namespace: inShop }, spec: { ports: [{ port: 80, targetPort: "http" }] } },
        { provider },
      );
      const secret = new k8s.core.v1.Secret(
        "token",
        { metadata: { name: "token", namespace: inShop }, stringData: { token: "correct-horse-battery" } },
        { provider },
      );
      return Promise.resolve({
        id: deployment.id,
        available: deployment.status.availableReplicas,
        settings: autonamed.metadata.name,
        clusterIP: service.spec.clusterIP,
        token: secret.data.token,
      });
    };

  const stackOf = (options?: WebOptions, settings?: Record<string, string>) =>
    fixture.stack(program(options, settings));

  it("makes objects once, updates them in place, sees drift, and destroys them", async () => {
    const created = await (await stackOf()).up();
    expect(created.outputs).toMatchObject({
      id: { value: "shop/web" },
      available: { value: 2 },
      settings: { value: expect.stringMatching(/^settings-[0-9a-f]{8}$/) as unknown },
      clusterIP: { value: expect.stringMatching(/^10\./) as unknown },
      token: { value: Buffer.from("correct-horse-battery").toString("base64"), secret: true },
    });
    expect((await (await stackOf()).up()).summary.resourceChanges).toEqual({ same: 8 });

    const stack = await stackOf({ replicas: 3 });
    const updated = await stack.up();
    expect(updated.summary.resourceChanges).toEqual({ same: 7, update: 1 });
    expect(updated.outputs.available?.value).toBe(3);

    const [live] = fixture.inventory.list({ type: type("apps/v1", "Deployment") });
    if (live === undefined) throw new Error("no deployment");
    const spec = live.properties.spec as Record<string, never>;
    fixture.inventory.patch(live, { spec: { ...spec, replicas: 9 } });
    expect((await stack.refresh()).summary.resourceChanges).toMatchObject({ update: 1 });
    expect((await stack.up()).summary.resourceChanges).toMatchObject({ update: 1 });
    expect(fixture.inventory.get(live)?.properties).toMatchObject({ spec: { replicas: 3 } });
    expect((await stack.refresh()).summary.resourceChanges).toEqual({ same: 8 });

    await stack.destroy();
    expect(fixture.inventory.list()).toEqual([]);
  });

  it("keeps what a Secret holds out of the state file and the inventory's files", async () => {
    const stack = await stackOf();
    await stack.up();
    await stack.refresh();
    const disk = fixture.stateFile() + readFileSync(`${fixture.directory}/inventory/journal.jsonl`, "utf8");
    expect(disk).toContain("shop/token");
    expect(disk).not.toContain("correct-horse-battery");
    expect(disk).not.toContain(Buffer.from("correct-horse-battery").toString("base64"));
  });

  it("replaces where the real provider does: a selector, and a ConfigMap's data", async () => {
    const before = await (await stackOf()).up();
    const after = await (await stackOf({ labels: { app: "shop" } }, { mode: "b" })).up();
    expect(after.summary.resourceChanges).toEqual({ same: 6, replace: 2 });
    expect(after.outputs.settings?.value).not.toBe(before.outputs.settings?.value);
    const [web] = fixture.inventory.list({ type: type("apps/v1", "Deployment") });
    expect(web?.properties).toMatchObject({ spec: { selector: { matchLabels: { app: "shop" } } } });
    expect(fixture.inventory.list({ type: type("core/v1", "ConfigMap") })).toHaveLength(1);
  });

  it("refuses an unknown and a mistyped field at preview, naming their paths", async () => {
    await (await stackOf()).up();
    const extra = {
      imagePullPolcy: "Always",
      ports: [{ containerPort: "8080" }],
      resources: { limits: { cpu: "1 core" } },
    };
    const before = fixture.inventory.list();
    const message = await failure((await stackOf({ extra })).preview());
    expect(message).toMatch(/containers\[0\]\.imagePullPolcy.*Did you mean imagePullPolicy\?/);
    expect(message).toMatch(/containers\[0\]\.ports\[0\]\.containerPort.*wanted a number/);
    expect(message).toMatch(/limits\.cpu.*quantity/);
    expect(fixture.inventory.list()).toEqual(before);
  });

  it("keeps two clusters apart", async () => {
    const stack = await fixture.stack(() => {
      for (const name of ["left", "right"]) {
        const provider = clusterNamed(name);
        new k8s.core.v1.Namespace(`${name}-own`, { metadata: { name } }, { provider });
        new k8s.core.v1.Namespace(`${name}-both`, { metadata: { name: "both" } }, { provider });
      }
      return Promise.resolve();
    });
    await stack.up();
    const clusters = fixture.inventory.list({ type: "linode:index/lkeCluster:LkeCluster" });
    const names = clusters.map(({ id, label }) => [
      label,
      fixture.inventory
        .list({ type: type("core/v1", "Namespace"), scope: id })
        .map((namespace) => namespace.id)
        .toSorted(),
    ]);
    expect(Object.fromEntries(names)).toEqual({ left: ["both", "left"], right: ["both", "right"] });
  });

  it("does not take over an object that is there already, unless told to", async () => {
    await (await fixture.stack(program(), "owner")).up();
    const [cluster] = fixture.inventory.list({ type: "linode:index/lkeCluster:LkeCluster" });
    const kubeconfig = textOf(cluster?.secrets?.kubeconfig);
    const second = (args: k8s.ProviderArgs) =>
      fixture.stack(() => {
        const provider = new k8s.Provider("shared", { kubeconfig, ...args });
        new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, { provider });
        return Promise.resolve();
      }, "second");
    expect(await failure((await second({})).up())).toContain("upsertExistingObjects");
    expect((await (await second({ upsertExistingObjects: true })).up()).summary.resourceChanges).toMatchObject({
      create: 1,
    });
  });

  it("takes custom resources that it knows or that a definition brought, and no others", async () => {
    const resource =
      (apiVersion: string, kind: string, spec: object) => (provider: k8s.Provider, dependsOn: pulumi.Resource[]) =>
        new k8s.apiextensions.CustomResource(
          "custom",
          { apiVersion, kind, metadata: { name: "custom", namespace: "default" }, spec },
          { provider, dependsOn },
        );
    const withDefinition = (provider: k8s.Provider) =>
      new k8s.apiextensions.v1.CustomResourceDefinition(
        "widgets",
        {
          metadata: { name: "widgets.example.com" },
          spec: {
            group: "example.com",
            scope: "Namespaced",
            names: { kind: "Widget", plural: "widgets" },
            versions: [
              {
                name: "v1",
                served: true,
                storage: true,
                schema: { openAPIV3Schema: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
              },
            ],
          },
        },
        { provider },
      );
    const run = async (
      make: (provider: k8s.Provider, dependsOn: pulumi.Resource[]) => pulumi.Resource,
      defined: boolean,
    ) =>
      (
        await fixture.stack(() => {
          const provider = clusterNamed("unit");
          make(provider, defined ? [withDefinition(provider)] : []);
          return Promise.resolve();
        })
      ).up();
    const widget = resource("example.com/v1", "Widget", { size: 3 });
    expect(await failure(run(widget, false))).toContain("no CustomResourceDefinition brings example.com/v1 Widget");
    expect((await run(widget, true)).summary.result).toBe("succeeded");
    const wrong = resource("monitoring.coreos.com/v1", "ServiceMonitor", { selector: {}, endpoints: [{ port: 80 }] });
    expect(await failure(run(wrong, true))).toContain("port must be string");
    const right = resource("monitoring.coreos.com/v1", "ServiceMonitor", {
      selector: {},
      endpoints: [{ port: "http" }],
    });
    expect((await run(right, true)).summary.result).toBe("succeeded");
  });

  it("has no snapshot classes on LKE, where no cloud's snapshot controller comes with the cluster", async () => {
    const stack = await fixture.stack(() => {
      new k8s.apiextensions.CustomResource(
        "snapshots",
        {
          apiVersion: "snapshot.storage.k8s.io/v1",
          kind: "VolumeSnapshotClass",
          metadata: { name: "snapshots" },
          driver: "linodebs.csi.linode.com",
          deletionPolicy: "Delete",
        },
        { provider: clusterNamed("unit") },
      );
      return Promise.resolve();
    });
    expect(await failure(stack.up())).toContain(
      "no CustomResourceDefinition brings snapshot.storage.k8s.io/v1 VolumeSnapshotClass",
    );
    expect(fixture.inventory.list().filter(({ label }) => label === "snapshots")).toEqual([]);
  });

  it("says what is wrong with a kind, a namespace and a provider that lead nowhere", async () => {
    const withProvider = (make: (provider: k8s.Provider) => unknown) =>
      fixture.stack(() => {
        make(clusterNamed("unit"));
        return Promise.resolve();
      });
    const missing = await withProvider((provider) => web("nowhere", {}, { provider }));
    expect(await failure(missing.up())).toContain("namespace nowhere does not exist");
    const patch = await withProvider(
      (provider) => new k8s.core.v1.ConfigMapPatch("p", { metadata: { name: "x" } }, { provider }),
    );
    expect(await failure(patch.up())).toContain("ConfigMapPatch");
    const nothing = await fixture.stack(() => {
      new k8s.core.v1.Namespace("n", {}, { provider: new k8s.Provider("none", { kubeconfig: "" }) });
      return Promise.resolve();
    });
    expect(await failure(nothing.up())).toContain("no kubeconfig");
  });
});
