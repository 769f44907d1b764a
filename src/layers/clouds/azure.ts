import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import { JoinedCluster, type Cluster, type JoiningFacts } from "../../../components/cluster";
import { aksAccess } from "../../../components/cluster/aks-access";
import { AksCluster } from "../../../components/cluster/aks-cluster";
import { AzureNetwork } from "../../../components/network/azure-network";
import { AksNodePools } from "../../../components/node-pools/aks-node-pools";
import { BlobBucket, blobBucketFor } from "../../../components/objects/blob-bucket";
import { BlobModelStore } from "../../../components/objects/blob-model-store";
import { AcrRegistry } from "../../../components/registry/acr-registry";
import { durableOptions } from "../../../components/shared";
import { azureName } from "../../../components/shared/azure-names";
import type { MakeCloud } from "./cloud";
import { text } from "./joining-facts";
import { ownerStack } from "./owner-stack";

/** The platform on Azure: AKS in a network of its own, and Blob Storage with workload identities. */
export const onAzure: MakeCloud = (config, provider, parent) => {
  const { environment, region, nodePools, domains } = config;
  const durable = config.tier === "production";
  const options = { parent, providers: [provider] };
  const group = new ResourceGroup(
    "platform",
    { resourceGroupName: azureName(environment), location: region, tags: { holdfast: environment } },
    // With the group goes all that is in it.
    { parent, provider, ...durableOptions(durable) },
  );
  const resourceGroup = group.name;

  const makeCluster = (): {
    cluster: Cluster;
    nodes: readonly pulumi.Resource[];
    oidcIssuer: pulumi.Output<string>;
    kubeletObjectId: pulumi.Output<string>;
  } => {
    if (config.cluster.kind === "own") {
      const { kubernetesVersion, highAvailability, controlPlaneAcl } = config.cluster;
      const { range } = config.network;
      const network = new AzureNetwork("network", { environment, region, resourceGroup, range }, options);
      const { nodeSubnetId, egressAddresses } = network;
      const own = {
        environment,
        region,
        resourceGroup,
        kubernetesVersion,
        highAvailability,
        controlPlaneAcl,
        nodePools,
      };
      const cluster = new AksCluster("cluster", { ...own, nodeSubnetId, egressAddresses, durable }, options);
      const { oidcIssuer, kubeletObjectId } = cluster;
      return { cluster, nodes: cluster.pools, oidcIssuer, kubeletObjectId };
    }
    const owner = ownerStack(config.cluster);
    const fact = (joining: pulumi.Output<JoiningFacts>, name: string): pulumi.Output<string> =>
      joining.apply((facts) => text(facts, name, owner));
    const access = (joining: pulumi.Output<JoiningFacts>): pulumi.Output<string> => {
      const endpoint = pulumi
        .all([fact(joining, "endpoint"), fact(joining, "certificateAuthority")])
        .apply(([address, certificateAuthority]) => ({ endpoint: address, certificateAuthority }));
      return aksAccess(fact(joining, "clusterName"), endpoint, { provider });
    };
    const cluster = new JoinedCluster("cluster", { ownerStack: owner, environment, durable, access }, options);
    const { clusterId, joining } = cluster;
    const { pools } = new AksNodePools(
      "cluster",
      {
        resourceGroup: fact(joining, "resourceGroup"),
        clusterName: clusterId,
        nodeSubnetId: fact(joining, "nodeSubnetId"),
        environment,
        pools: nodePools,
      },
      options,
    );
    const [oidcIssuer, kubeletObjectId] = [fact(joining, "oidcIssuer"), fact(joining, "kubeletObjectId")];
    return { cluster, nodes: pools, oidcIssuer, kubeletObjectId };
  };

  const { cluster, nodes, oidcIssuer, kubeletObjectId } = makeCluster();
  const here = { environment, region, resourceGroup, owner: domains.base, durable };
  const place = { ...here, replicated: config.replicaRegion !== undefined };
  return {
    cluster,
    nodes,
    modelStore: (readers, of) =>
      new BlobModelStore("model-store", { ...place, oidcIssuer, readers }, { ...of, provider }),
    buckets: (of) => ({
      exports: new BlobBucket("exports", blobBucketFor("exports", place), { ...of, provider }),
      backups: new BlobBucket("backups", blobBucketFor("backups", place), { ...of, provider }),
    }),
    registry: (_apps, of) => new AcrRegistry("registry", { ...here, kubeletObjectId }, { ...of, provider }),
  };
};
