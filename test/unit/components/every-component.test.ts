import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import * as k8s from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { components } from "./component-samples";
import { inTheClear, record, type Recording, type Registered } from "./recorder";
import { repository } from "./samples";

/** What cannot be made again once it is gone. */
const stateful = [
  "aws:ecr/repository:Repository",
  "aws:eks/cluster:Cluster",
  "aws:kms/key:Key",
  "aws:s3/bucket:Bucket",
  "azure-native:containerregistry:Registry",
  "azure-native:containerservice:ManagedCluster",
  "azure-native:operationalinsights:Workspace",
  "azure-native:storage:BlobContainer",
  "azure-native:storage:StorageAccount",
  "kubernetes:core/v1:Namespace",
  "linode:index/lkeCluster:LkeCluster",
  "linode:index/objectStorageBucket:ObjectStorageBucket",
];

const ownerOutputs = { clusterId: "7", joining: {}, kubeconfig: "plain-kubeconfig", members: ["staging"] };

it("every component is walked here", async () => {
  const folder = join(repository, "components");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const exported = new Set<string>();
  for (const file of files) {
    const module = (await import(join(folder, file))) as Readonly<Record<string, unknown>>;
    for (const value of Object.values(module)) {
      if (typeof value === "function" && value.prototype instanceof pulumi.ComponentResource) exported.add(value.name);
    }
  }
  expect([...exported].sort()).toEqual(Object.keys(components).sort());
});

describe.each(Object.entries(components))("%s", (className, make) => {
  let recording: Recording<pulumi.ComponentResource>;
  let own: readonly Registered[];
  let component: Registered;

  beforeAll(async () => {
    recording = await record(() => {
      const cloud = new linode.Provider("linode");
      const kubernetes = new k8s.Provider("kubernetes", { kubeconfig: "other" });
      return make({
        providers: [cloud, kubernetes, new AwsProvider("aws", { region: "eu-central-1" }), new AzureProvider("azure")],
      });
    }, ownerOutputs);
    const found = recording.resources.find((one) => !one.custom && one.type.endsWith(`:${className}`));
    if (!found) throw new Error(`no ${className} was registered`);
    component = found;
    own = recording.resources.filter(({ name, type }) => !(type.startsWith("pulumi:providers:") && isGiven(name)));
  });

  it("has a token of the project's own", () => {
    expect(component.type).toMatch(/^holdfast:[a-z-]+:[A-Z]\w+$/);
  });

  it("is the ancestor of all that it makes", () => {
    const parents = new Map(own.map(({ urn, parent }) => [urn, parent]));
    const top = (urn: string): string => {
      const parent = parents.get(urn);
      return parent ? top(parent) : urn;
    };
    expect(own.length).toBeGreaterThan(1);
    expect(own.map(({ urn }) => top(urn))).toEqual(own.map(() => component.urn));
  });

  it("makes everything with the providers that it is given or makes itself", () => {
    const cloudResources = own.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    expect(cloudResources.filter(({ provider }) => provider === "")).toEqual([]);
  });

  it("registers its outputs, and so does every component in it", () => {
    // Of a chart the SDK does it, when its objects are rendered.
    const components = own.map(({ custom, type }) => (custom ? "" : type)).filter((type) => type && !isChart(type));
    expect([...recording.finished].sort()).toEqual(components.sort());
  });

  it("shows no secret", () => {
    expect(inTheClear(recording)).not.toMatch(/plain-/);
  });

  it("hands on secrets as secrets", async () => {
    for (const output of Object.values(recording.result).filter((value) => pulumi.Output.isInstance(value))) {
      const [value, secret] = await Promise.all([resolved(output), pulumi.isSecret(output)]);
      if (typeof value === "string" && value.includes("plain-")) expect(secret).toBe(true);
    }
  });

  it("protects and keeps what is stateful", () => {
    const kept = own.filter(({ type }) => stateful.includes(type));
    expect(kept.filter(({ protect, retainOnDelete }) => !protect || !retainOnDelete)).toEqual([]);
  });
});

const isChart = (type: string) => type === "holdfast:charts:HelmChart";

/** Charts are rendered by one provider for the whole program. */
const isGiven = (name: string) => ["aws", "azure", "linode", "kubernetes", "chart-renderer"].includes(name);

const resolved = (output: pulumi.Output<unknown>): Promise<unknown> =>
  new Promise((resolve) => output.apply((value) => resolve(value)));
