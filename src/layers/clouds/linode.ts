import { JoinedCluster, type Cluster } from "../../../components/cluster";
import { LkeCluster } from "../../../components/cluster/lke-cluster";
import { LinodeNodeFirewall } from "../../../components/network/linode-firewall";
import { LinodeNetwork } from "../../../components/network/linode-network";
import { LkeNodePools } from "../../../components/node-pools/lke-node-pools";
import { LinodeBucket, linodeBucketFor } from "../../../components/objects/linode-bucket";
import { LinodeModelStore } from "../../../components/objects/linode-model-store";
import type { MakeCloud } from "./cloud";
import { ownerStack } from "./owner-stack";
import type * as pulumi from "@pulumi/pulumi";

/** The platform on Linode: LKE, and Object Storage with a scoped key, since Linode offers no workload identity. */
export const onLinode: MakeCloud = (config, provider, parent) => {
  const { environment, region, nodePools, domains } = config;
  const durable = config.tier === "production";
  const options = { parent, providers: [provider] };

  const makeCluster = (): { cluster: Cluster; nodes: readonly pulumi.Resource[] } => {
    if (config.cluster.kind === "own") {
      const { kubernetesVersion, highAvailability, controlPlaneAcl, members } = config.cluster;
      new LinodeNetwork("network", { environment, region, range: config.network.range }, options);
      const cluster = new LkeCluster(
        "cluster",
        { environment, region, kubernetesVersion, highAvailability, controlPlaneAcl, nodePools, members, durable },
        options,
      );
      new LinodeNodeFirewall(
        "node-firewall",
        { environment, production: durable },
        { parent, provider: cluster.provider, dependsOn: [...cluster.pools] },
      );
      return { cluster, nodes: cluster.pools };
    }
    const cluster = new JoinedCluster(
      "cluster",
      { ownerStack: ownerStack(config.cluster), environment, durable },
      options,
    );
    const { clusterId } = cluster;
    const { pools } = new LkeNodePools("cluster", { clusterId, environment, pools: nodePools }, options);
    return { cluster, nodes: pools };
  };

  const place = { environment, region, owner: domains.base, durable };
  return {
    ...makeCluster(),
    modelStore: (_readers, of) => new LinodeModelStore("model-store", place, { ...of, provider }),
    buckets: (of) => ({
      exports: new LinodeBucket("exports", linodeBucketFor("exports", place), { ...of, provider }),
      backups: new LinodeBucket("backups", linodeBucketFor("backups", place), { ...of, provider }),
    }),
  };
};
