import type * as pulumi from "@pulumi/pulumi";
import { JoinedCluster, type Cluster } from "../../../components/cluster";
import { EksCluster } from "../../../components/cluster/eks-cluster";
import { AwsNetwork } from "../../../components/network/aws-network";
import { zonesOf } from "../../../components/network/aws-zones";
import { EksNodeGroups } from "../../../components/node-pools/eks-node-groups";
import { Karpenter, karpenterHome, KarpenterPools, runsKarpenter } from "../../../components/node-pools/karpenter";
import { S3Bucket, s3BucketFor } from "../../../components/objects/s3-bucket";
import { S3ModelStore } from "../../../components/objects/s3-model-store";
import { EcrRepositories } from "../../../components/registry/ecr-repositories";
import { namespaceName } from "../../../components/shared";
import { eksClusterName } from "../../../components/shared/aws-names";
import type { MakeCloud } from "./cloud";
import { text, texts } from "./joining-facts";
import { ownerStack } from "./owner-stack";

/** The platform on AWS: EKS in a network of its own, and S3 by Pod Identity. */
export const onAws: MakeCloud = (config, provider, parent) => {
  const { environment, region, nodePools, domains } = config;
  const durable = config.tier === "production";
  const options = { parent, providers: [provider] };

  const growth = (
    { joining, provider: kubernetes }: Cluster,
    owner: string,
    after?: pulumi.Output<readonly pulumi.Resource[]>,
  ): readonly pulumi.Resource[] =>
    new KarpenterPools(
      "karpenter-pools",
      {
        environment,
        pools: nodePools,
        nodeProfile: joining.apply((facts) => text(facts, "nodeProfile", owner)),
        subnetIds: joining.apply((facts) => texts(facts, "subnetIds", owner)),
        securityGroupId: joining.apply((facts) => text(facts, "securityGroupId", owner)),
        ...(after && { after }),
      },
      { parent, provider: kubernetes },
    ).pools;

  const makeCluster = (): { cluster: Cluster; nodes: readonly pulumi.Resource[] } => {
    if (config.cluster.kind === "own") {
      const { kubernetesVersion, controlPlaneAcl, members } = config.cluster;
      const { range } = config.network;
      const network = new AwsNetwork("network", { environment, region, range, natPerZone: durable }, options);
      const home = runsKarpenter(nodePools, members.length) ? karpenterHome(nodePools) : undefined;
      const cluster = new EksCluster(
        "cluster",
        {
          environment,
          region,
          kubernetesVersion,
          controlPlaneSubnetIds: network.intraSubnetIds,
          nodeSubnetIds: network.privateSubnetIds,
          controlPlaneAcl,
          nodePools: home?.pools ?? nodePools,
          durable,
        },
        options,
      );
      if (home === undefined) return { cluster, nodes: cluster.pools };
      const karpenter = new Karpenter(
        "karpenter",
        {
          environment,
          region,
          kubernetesVersion,
          clusterName: eksClusterName(environment),
          nodeRoleArn: cluster.joining.apply((facts) => text(facts, "nodeRoleArn", environment)),
          homePool: home.pool,
          after: cluster.pools,
          scraperNamespaces: [namespaceName(environment, "ops")],
          production: durable,
        },
        { parent, providers: [provider, cluster.provider] },
      );
      const growing = growth(cluster, environment, karpenter.ready);
      return { cluster, nodes: [...cluster.pools, ...growing] };
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
    return { cluster, nodes: [...pools, ...growth(cluster, owner)] };
  };

  const made = makeCluster();
  const place = { environment, owner: domains.base, replicaRegion: config.replicaRegion, durable };
  return {
    ...made,
    modelStore: (readers, of) =>
      new S3ModelStore(
        "model-store",
        { ...place, region, clusterName: made.cluster.clusterId, readers },
        { ...of, provider },
      ),
    buckets: (of) => ({
      exports: new S3Bucket("exports", s3BucketFor("exports", place), { ...of, provider }),
      backups: new S3Bucket("backups", s3BucketFor("backups", place), { ...of, provider }),
    }),
    registry: (apps, of) => {
      // The nodes are the owner's, and so is what they may have copied.
      const nodeRoleArn = made.cluster.joining.apply((facts) => text(facts, "nodeRoleArn", environment));
      const caches = config.cluster.kind === "own" ? { nodeRoleArn } : {};
      return new EcrRepositories("registry", { environment, apps, durable, ...caches }, { ...of, provider });
    },
  };
};
