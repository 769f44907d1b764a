import { getClientTokenOutput } from "@pulumi/azure-native/authorization/getClientToken";
import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool";
import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials";
import { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { Provider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { planCatalogues } from "../../components/node-pools";
import type { HostedPool } from "../../src/rehearsal/cluster-host";
import { SimulatedClusterHost, startProviders } from "../../src/rehearsal/providers";
import { failure, making, openFixture, type Fixture } from "./providers-fixture";

const clusterType = "azure-native:containerservice:ManagedCluster";
const nodeType = "kubernetes:core/v1:Node";
const plan = Object.keys(planCatalogues.azure.plans)[0] ?? "";

const base = () => {
  const of = { provider: new Provider("azure", { location: "West Europe" }) };
  const group = new ResourceGroup("group", { resourceGroupName: "unit" }, of);
  return { of, group: { resourceGroupName: group.name } };
};

interface Options {
  readonly version?: string;
  readonly size?: string;
  readonly name?: string;
  readonly max?: number;
}

const platform = ({ version = "1.34", size = plan, name = "unit", max = 5 }: Options = {}) => {
  const { of, group } = base();
  const cluster = new ManagedCluster(
    "cluster",
    {
      ...group,
      resourceName: name,
      dnsPrefix: "unit",
      kubernetesVersion: version,
      identity: { type: "SystemAssigned" },
      oidcIssuerProfile: { enabled: true },
      agentPoolProfiles: [{ name: "system", mode: "System", vmSize: size, count: 1 }],
    },
    { ...of, deleteBeforeReplace: true },
  );
  new AgentPool(
    "general",
    {
      ...group,
      resourceName: cluster.name,
      agentPoolName: "general",
      vmSize: plan,
      availabilityZones: ["1", "2", "3"],
      enableAutoScaling: true,
      count: 4,
      minCount: 3,
      maxCount: max,
      nodeLabels: { purpose: "unit" },
      nodeTaints: ["only=us:NoSchedule"],
    },
    { ...of, deleteBeforeReplace: true },
  );
  const given = listManagedClusterUserCredentialsOutput({ ...group, resourceName: cluster.name }, of);
  return {
    id: cluster.id,
    issuer: cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL),
    kubeconfig: given.kubeconfigs.apply(([first]) => first?.value ?? ""),
    token: getClientTokenOutput({}, of).token,
  };
};

describe("the azure-native stand-in, with the real engine", { timeout: 120_000 }, () => {
  let fixture: Fixture;
  let pools: HostedPool[];
  beforeEach(async () => {
    pools = [];
    fixture = await openFixture({
      clusterHost: (inventory) => {
        const host = new SimulatedClusterHost(inventory);
        const applyPool = host.applyPool.bind(host);
        host.applyPool = (pool) => {
          pools.push(pool);
          return applyPool(pool);
        };
        return host;
      },
    });
  });
  afterEach(async () => {
    await fixture.close();
  });

  const run = async (options?: Options, name?: string) =>
    (await fixture.stack(() => Promise.resolve(platform(options)), name)).up();

  it("makes a cluster and its pools, changes nothing the second time, updates in place, and destroys", async () => {
    const { outputs } = await run();
    expect(outputs.id?.value).toMatch(
      /resourceGroups\/unit\/providers\/Microsoft.ContainerService\/managedClusters\/unit$/,
    );
    expect(outputs.issuer?.value).toContain("westeurope.oic.prod-aks");
    const nodes = fixture.inventory.list({ type: nodeType });
    const labels = nodes.map(({ properties }) => (properties.metadata as { labels: Record<string, string> }).labels);
    expect(labels.map((one) => one["topology.kubernetes.io/zone"])).toEqual([
      "0",
      "westeurope-1",
      "westeurope-2",
      "westeurope-3",
      "westeurope-1",
    ]);
    expect(labels[1]).toMatchObject({
      "kubernetes.azure.com/agentpool": "general",
      "node.kubernetes.io/instance-type": plan,
      purpose: "unit",
    });
    expect(nodes[1]?.properties).toMatchObject({
      spec: { taints: [{ key: "only", value: "us", effect: "NoSchedule" }] },
    });
    expect(pools.map(({ poolId, growth }) => [poolId, growth?.max])).toEqual([
      ["system", undefined],
      ["general", 5],
    ]);

    expect((await run()).summary.resourceChanges).toEqual({ same: 5 });
    expect((await run({ max: 6, version: "1.35" })).summary.resourceChanges).toEqual({ same: 3, update: 2 });
    const stack = await fixture.stack(making(platform));
    expect((await stack.refresh()).summary.resourceChanges).toEqual({ same: 5 });
    expect(await failure(run({ version: "1.34" }))).toContain("cannot be downgraded: 1.35 to 1.34");
    await stack.destroy();
    expect(fixture.inventory.list()).toEqual([]);
  });

  it("replaces a cluster with its pools where its name changes, and makes it again where it is gone", async () => {
    const before = await run();
    const after = await run({ name: "other" });
    expect(after.outputs.id?.value).not.toBe(before.outputs.id?.value);
    expect(fixture.inventory.list({ type: clusterType })).toHaveLength(1);
    expect(fixture.inventory.list({ type: nodeType })).toHaveLength(5);

    for (const record of fixture.inventory.list({ type: clusterType })) fixture.inventory.remove(record);
    const stack = await fixture.stack(making(() => platform({ name: "other" })));
    expect((await stack.refresh()).summary.resourceChanges).toMatchObject({ delete: 1 });
  });

  it("gives credentials as secrets, which are nowhere in the clear", async () => {
    const { outputs } = await run();
    expect([outputs.token?.secret, outputs.kubeconfig?.secret]).toEqual([true, true]);
    const kubeconfig = Buffer.from(String(outputs.kubeconfig?.value), "base64").toString();
    expect(kubeconfig).toMatch(/"server":"https:.*certificate-authority-data.*kubelogin/s);
    expect(fixture.stateFile()).not.toContain(String(outputs.token?.value));
  });

  it("brings clusters and nodes back after a restart", async () => {
    await run();
    for (const node of fixture.inventory.list({ type: nodeType })) fixture.inventory.remove(node);
    const clusterHost = new SimulatedClusterHost(fixture.inventory);
    const again = await startProviders({ inventory: fixture.inventory, clusterHost });
    await again.stop();
    expect(fixture.inventory.list({ type: nodeType })).toHaveLength(5);
  });

  it("refuses a size and a version that AKS can't run", async () => {
    expect(await failure(run({ size: "Standard_Z99" }))).toContain("Standard_Z99");
    expect(await failure(run({ version: "1.9" }))).toContain("allowed: 1.35");
  });

  it("refuses a group and an account whose names are taken, and a network that doesn't fit", async () => {
    const store = (group: string, account: string) =>
      making(() => {
        const of = { provider: new Provider("azure", { location: "westeurope" }) };
        const { name: resourceGroupName } = new ResourceGroup("group", { resourceGroupName: group }, of);
        const args = { resourceGroupName, kind: "StorageV2", sku: { name: "Standard_LRS" } };
        const { name: accountName } = new StorageAccount("store", { ...args, accountName: account }, of);
        new BlobContainer("models", { resourceGroupName, accountName, containerName: "models" }, of);
      });
    await (await fixture.stack(store("unit", "unitmodels"))).up();
    expect(await failure((await fixture.stack(store("unit", "othermodels"), "a")).up())).toContain(
      "ResourceGroupExists",
    );
    expect(await failure((await fixture.stack(store("b", "unitmodels"), "b")).up())).toContain("AlreadyTaken");
    expect(await failure((await fixture.stack(store("c", "Not-Allowed"), "c")).preview())).toContain("accountName");

    const subnet = await fixture.stack(
      making(() => {
        const of = { provider: new Provider("azure", { location: "westeurope" }) };
        const { name: resourceGroupName } = new ResourceGroup("group", { resourceGroupName: "d" }, of);
        const space = { addressSpace: { addressPrefixes: ["10.16.0.0/16"] } };
        const network = new VirtualNetwork("n", { resourceGroupName, virtualNetworkName: "unit", ...space }, of);
        const inside = { resourceGroupName, virtualNetworkName: network.name };
        new Subnet("s", { ...inside, subnetName: "nodes", addressPrefix: "10.17.0.0/24" }, of);
      }),
      "d",
    );
    expect(await failure(subnet.up())).toContain("not within 10.16.0.0/16");
  });

  it("refuses what is in no group", async () => {
    const stray = making(() => {
      const of = { provider: new Provider("azure", { location: "westeurope" }) };
      const args = { resourceGroupName: "gone", virtualNetworkName: "unit" };
      new VirtualNetwork("n", { ...args, addressSpace: { addressPrefixes: ["10.16.0.0/16"] } }, of);
    });
    expect(await failure((await fixture.stack(stray)).up())).toContain("there is no resource group gone");
  });
});
