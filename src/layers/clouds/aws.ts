import type { Region } from "@pulumi/aws";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { JoinedCluster, type Cluster, type JoiningFacts } from "../../../components/cluster";
import { EksCluster } from "../../../components/cluster/eks-cluster";
import { AwsNetwork } from "../../../components/network/aws-network";
import { EksNodeGroups } from "../../../components/node-pools/eks-node-groups";
import { S3ModelStore } from "../../../components/objects/s3-model-store";
import type { MakeCloud } from "./cloud";
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

const text = (facts: JoiningFacts, name: string, owner: string): string => {
  const fact = facts[name];
  if (typeof fact === "string") return fact;
  throw new pulumi.RunError(missingFact(name, owner));
};

const texts = (facts: JoiningFacts, name: string, owner: string): string[] => {
  const fact = facts[name];
  if (fact !== undefined && typeof fact !== "string") return [...fact];
  throw new pulumi.RunError(missingFact(name, owner));
};

/** An owner on another cloud, or from before there were these facts. */
const missingFact = (name: string, owner: string): string =>
  `Stack ${owner} does not say its cluster's ${name} in its output "joining". Its cluster has to be on AWS as this ` +
  `stack is; where it is, bring it up to date first: pulumi up -s ${owner.split("/").at(-1) ?? owner}`;
