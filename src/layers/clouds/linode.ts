import * as linode from "@pulumi/linode";
import { JoinedCluster, type Cluster } from "../../../components/cluster";
import { LkeCluster } from "../../../components/cluster/lke-cluster";
import { LkeNodePools } from "../../../components/node-pools/lke-node-pools";
import { LinodeModelStore } from "../../../components/objects/linode-model-store";
import type { MakeCloud } from "./cloud";
import { ownerStack } from "./owner-stack";
import type * as pulumi from "@pulumi/pulumi";

/** The platform on Linode: LKE, and Object Storage with a scoped key, since Linode offers no workload identity. */
export const onLinode: MakeCloud = (config, token, parent) => {
  const { environment, region, nodePools, domains } = config;
  const durable = config.tier === "production";
  // Bucket settings such as versioning need an S3 key: one is made for the moment, rather than kept.
  const provider = new linode.Provider("linode", { objUseTempKeys: true, ...(token && { token }) }, { parent });
  const options = { parent, providers: [provider] };

  const makeCluster = (): { cluster: Cluster; nodes: readonly pulumi.Resource[] } => {
    if (config.cluster.kind === "own") {
      const { kubernetesVersion, highAvailability, controlPlaneAcl, members } = config.cluster;
      const cluster = new LkeCluster(
        "cluster",
        { environment, region, kubernetesVersion, highAvailability, controlPlaneAcl, nodePools, members, durable },
        options,
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

  return {
    ...makeCluster(),
    modelStore: (_readers, of) =>
      new LinodeModelStore("model-store", { environment, region, owner: domains.base, durable }, { ...of, provider }),
  };
};
