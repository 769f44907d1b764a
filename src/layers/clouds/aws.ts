import type { Region } from "@pulumi/aws";
import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { JoinedCluster, type Cluster } from "../../../components/cluster";
import { EksCluster } from "../../../components/cluster/eks-cluster";
import { AwsNetwork } from "../../../components/network/aws-network";
import { zonesOf } from "../../../components/network/aws-zones";
import { EksNodeGroups } from "../../../components/node-pools/eks-node-groups";
import { S3ModelStore } from "../../../components/objects/s3-model-store";
import type { MakeCloud } from "./cloud";
import { text, texts } from "./joining-facts";
import { ownerStack } from "./owner-stack";

/**
 * The platform on AWS: EKS in a network of its own, and S3 by Pod Identity. There is no token in the stack file: the
 * provider takes short-lived credentials from its environment, as AWS's own tools do.
 */
export const onAws: MakeCloud = (config, _token, parent) => {
  const { environment, region, nodePools, domains } = config;
  const durable = config.tier === "production";
  const tags = { "holdfast:environment": environment, "holdfast:managed-by": "pulumi" };
  const provider = new Provider(
    "aws",
    {
      // As the stack file names it; a region that the SDK has no name for yet is none the worse.
      region: region as Region,
      defaultTags: { tags },
    },
    { parent },
  );
  const options = { parent, providers: [provider] };

  const makeCluster = (): { cluster: Cluster; nodes: readonly pulumi.Resource[] } => {
    if (config.cluster.kind === "own") {
      const { kubernetesVersion, controlPlaneAcl } = config.cluster;
      const { range } = config.network;
      const network = new AwsNetwork("network", { environment, region, range, natPerZone: durable }, options);
      const cluster = new EksCluster(
        "cluster",
        {
          environment,
          region,
          kubernetesVersion,
          controlPlaneSubnetIds: network.intraSubnetIds,
          nodeSubnetIds: network.privateSubnetIds,
          controlPlaneAcl,
          nodePools,
          durable,
        },
        options,
      );
      return { cluster, nodes: cluster.pools };
    }
    const owner = ownerStack(config.cluster);
    const cluster = new JoinedCluster("cluster", { ownerStack: owner, environment, durable }, options);
    const { pools } = new EksNodeGroups(
      "cluster",
      {
        clusterName: cluster.clusterId,
        nodeRoleArn: cluster.joining.apply((facts) => text(facts, "nodeRoleArn", owner)),
        subnetIds: cluster.joining.apply((facts) => texts(facts, "subnetIds", owner)),
        zones: zonesOf(region),
        environment,
        pools: nodePools,
      },
      options,
    );
    return { cluster, nodes: pools };
  };

  const made = makeCluster();
  return {
    ...made,
    modelStore: (readers, of) =>
      new S3ModelStore(
        "model-store",
        { environment, region, owner: domains.base, clusterName: made.cluster.clusterId, readers, durable },
        { ...of, provider },
      ),
  };
};
