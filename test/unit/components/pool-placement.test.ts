import { Provider as AwsProvider } from "@pulumi/aws/provider";
import * as linode from "@pulumi/linode";
import { describe, expect, it } from "vitest";
import { EksNodeGroups } from "../../../components/node-pools/eks-node-groups";
import { LkeNodePools } from "../../../components/node-pools/lke-node-pools";
import type { NodePoolArgs } from "../../../components/node-pools/node-pool";
import { only, record } from "./recorder";

const own = {
  labels: { "example.com/team": "search" },
  taints: [
    { key: "example.com/batch", effect: "NoExecute" },
    { key: "slow", value: "yes", effect: "PreferNoSchedule" },
  ],
} as const;

describe("a node group on EKS", () => {
  const made = (pool: Partial<NodePoolArgs>) =>
    record(
      () =>
        new EksNodeGroups(
          "more",
          {
            clusterName: "cluster",
            nodeRoleArn: "arn:aws:iam::1:role/nodes",
            subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
            zones: ["eu-west-3a", "eu-west-3b", "eu-west-3c"],
            environment: "test",
            pools: { batch: { plan: "m7i.large", count: 1, ...pool } },
          },
          { providers: [new AwsProvider("aws", { region: "eu-west-3" })] },
        ),
    );
  const group = "aws:eks/nodeGroup:NodeGroup";

  it("has the pool's labels and taints, in EKS's words", async () => {
    expect(only(await made(own), group).inputs).toMatchObject({
      labels: { ...own.labels, "holdfast.dev/pool": "batch" },
      taints: [
        { key: "example.com/batch", value: "", effect: "NO_EXECUTE" },
        { key: "slow", value: "yes", effect: "PREFER_NO_SCHEDULE" },
      ],
    });
  });

  it("is none for a pool that keeps no node", async () => {
    const none = await made({ count: 0, autoscaling: { min: 0, max: 3 } });
    expect(none.resources.filter(({ type }) => type === group)).toEqual([]);
  });

  it("stays on demand with its general image, or is spot and has the NVIDIA one, as its pool says", async () => {
    const shape = async (pool: Partial<NodePoolArgs>) => {
      const { inputs } = only(await made(pool), group);
      return [inputs["capacityType"], inputs["amiType"]];
    };
    expect(await shape({})).toEqual(["ON_DEMAND", "AL2023_x86_64_STANDARD"]);
    const gpus = { plan: "g7e.4xlarge", purpose: "inference", spot: true } as const;
    expect(await shape(gpus)).toEqual(["SPOT", "BOTTLEROCKET_x86_64_NVIDIA"]);
  });

  it("gives pods no way to the node's role", async () => {
    expect(only(await made({}), "aws:ec2/launchTemplate:LaunchTemplate").inputs["metadataOptions"]).toMatchObject({
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("is in the subnets of its zones, and in all where it names none", async () => {
    expect(only(await made({ zones: ["eu-west-3c", "eu-west-3a"] }), group).inputs["subnetIds"]).toEqual([
      "subnet-a",
      "subnet-c",
    ]);
    expect(only(await made({}), group).inputs["subnetIds"]).toHaveLength(3);
  });

  it("is refused in a zone that the network hasn't", async () => {
    await expect(made({ zones: ["eu-west-3a", "eu-west-3d"] })).rejects.toThrow(
      /nodePools\.batch\.zones\[1\]: found eu-west-3d; .* eu-west-3a, eu-west-3b, eu-west-3c/,
    );
  });
});

describe("a node pool on LKE", () => {
  const made = (pool: Partial<NodePoolArgs>) =>
    record(
      () =>
        new LkeNodePools(
          "more",
          { clusterId: "1", environment: "test", pools: { batch: { plan: "g6-standard-2", count: 1, ...pool } } },
          { providers: [new linode.Provider("linode")] },
        ),
    );

  it("has the pool's labels and taints", async () => {
    expect(only(await made(own), "linode:index/lkeNodePool:LkeNodePool").inputs).toMatchObject({
      labels: { ...own.labels, "holdfast.dev/pool": "batch" },
      taints: [{ key: "example.com/batch", value: "", effect: "NoExecute" }, own.taints[1]],
    });
  });

  it("is refused with zones, which Linode's regions have none of", async () => {
    await expect(made({ zones: ["a"] })).rejects.toThrow(/nodePools\.batch\.zones: found a, but Linode/);
  });
});
