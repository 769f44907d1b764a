import { Provider } from "@pulumi/azure-native/provider";
import { describe, expect, it } from "vitest";
import { AksNodePools } from "../../../components/node-pools/aks-node-pools";
import { only, record } from "./recorder";

const azure = (type: string) => `azure-native:${type}`;
const providers = () => ({ providers: [new Provider("azure", { location: "westeurope" })] });
const pools = {
  baseline: { plan: "Standard_D8s_v5", count: 3, autoscaling: { min: 3, max: 10 } },
  batch: { plan: "Standard_D4s_v5", count: 2, diskGiB: 300 },
  gpu: { plan: "Standard_NC24ads_A100_v4", count: 1, purpose: "inference" as const },
};

describe("node pools on AKS", () => {
  const made = (some: ConstructorParameters<typeof AksNodePools>[1]["pools"]) =>
    record(
      () =>
        new AksNodePools(
          "more",
          {
            resourceGroup: "group",
            clusterName: "cluster",
            nodeSubnetId: "/subnets/nodes",
            environment: "test",
            pools: some,
          },
          providers(),
        ),
    );
  const pool = azure("containerservice:AgentPool");

  it("spread over three zones, with the environment's labels", async () => {
    const { inputs, ignoreChanges } = only(await made(pools), pool, "more-batch");
    expect(inputs).toMatchObject({
      availabilityZones: ["1", "2", "3"],
      count: 2,
      enableAutoScaling: false,
      osDiskSizeGB: 300,
      nodeLabels: { "holdfast.dev/environment": "test", "holdfast.dev/pool": "batch" },
      nodeTaints: [],
    });
    expect(ignoreChanges).toEqual([]);
    expect(only(await made(pools), pool, "more-baseline").ignoreChanges).toEqual(["count"]);
  });

  it("keep all but GPU work off GPU nodes, and upgrade them without a spare one", async () => {
    expect(only(await made(pools), pool, "more-gpu").inputs).toMatchObject({
      nodeTaints: ["nvidia.com/gpu=present:NoSchedule"],
      gpuProfile: { driver: "Install" },
      upgradeSettings: { maxSurge: "0", maxUnavailable: "1" },
    });
  });

  it("have the labels, taints and zones of their own", async () => {
    const own = {
      labels: { "example.com/team": "search", "holdfast.dev/pool": "another" },
      taints: [
        { key: "example.com/batch", effect: "NoSchedule" },
        { key: "slow", value: "yes", effect: "PreferNoSchedule" },
      ] as const,
      zones: ["2"],
    };
    const recording = await made({ one: { ...pools.batch, ...own }, two: { ...pools.gpu, ...own } });
    expect(only(recording, pool, "more-one").inputs).toMatchObject({
      availabilityZones: ["2"],
      // Nothing that says whose a node is can be claimed by another's labels.
      nodeLabels: { "example.com/team": "search", "holdfast.dev/pool": "one" },
      nodeTaints: ["example.com/batch:NoSchedule", "slow=yes:PreferNoSchedule"],
    });
    expect(only(recording, pool, "more-two").inputs["nodeTaints"]).toEqual([
      "nvidia.com/gpu=present:NoSchedule",
      "example.com/batch:NoSchedule",
      "slow=yes:PreferNoSchedule",
    ]);
  });

  it("refuse spot nodes, which no pod here would run on", async () => {
    await expect(made({ cheap: { plan: "Standard_D4s_v5", count: 1, spot: true } })).rejects.toThrow(
      /nodePools\.cheap\.spot: found true.*scalesetpriority/,
    );
  });
});
