import type { HostedCluster } from "../../cluster-host";
import { accessOf } from "../hosted-access";
import { anything, object, optional } from "../shape";
import type { Services } from "../stand-in";
import { isProperties, textOf, type Properties } from "../values";
import { arn } from "./account";
import { AwsApiError } from "./api-error";
import { digestOf, wrongChoice, type AwsType } from "./aws-type";
import { subnetToken } from "./ec2";
import { roleToken } from "./iam";

export const clusterToken = "aws:eks/cluster:Cluster";
export const nodeGroupToken = "aws:eks/nodeGroup:NodeGroup";

/**
 * Versions that EKS makes clusters of, newest first, as generally known on 2026-11-21; the last two in extended support.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const eksVersions: readonly string[] = ["1.35", "1.34", "1.33", "1.32", "1.31"];

export const hostedId = (name: string, region: string): string => `eks-${region}-${name}`;

/** A control plane of EKS; its nodes are groups of their own. */
export const eksCluster: AwsType = {
  token: clusterToken,
  name: "name",
  replaces: ["bootstrapSelfManagedAddons", "kubernetesNetworkConfig", "outpostConfig", "roleArn"],
  refers: {
    roleArn: roleToken,
    "vpcConfig.subnetIds": subnetToken,
    "vpcConfig.securityGroupIds": "aws:ec2/securityGroup:SecurityGroup",
    "encryptionConfig.provider.keyArn": "aws:kms/key:Key",
  },
  missing: "InvalidParameterException",
  fills: ["version"],
  heldBy: { code: "ResourceInUseException", types: [nodeGroupToken] },
  shapes: {
    // The cloud adds the network and a security group of its own to it.
    vpcConfig: object(
      Object.fromEntries(
        [
          ...["clusterSecurityGroupId", "endpointPrivateAccess", "endpointPublicAccess", "publicAccessCidrs"],
          ...["securityGroupIds", "subnetIds", "vpcId", "controlPlaneEgressMode"],
        ].map((name) => [name, optional(anything)]),
      ),
    ),
  },
  check: (inputs) => [
    ...wrongChoice(inputs, "version", eksVersions),
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
    ...(typeof inputs.name === "string" && !/^[0-9A-Za-z][\w-]{0,99}$/.test(inputs.name)
      ? [
          {
            path: ["name"],
            reason: `found ${JSON.stringify(inputs.name)}, wanted at most 100 letters, digits, - and _`,
          },
        ]
      : []),
  ],
  changing: (inputs, before) => {
    const minor = ({ version }: Properties): number => Number(textOf(version ?? eksVersions[0]).split(".")[1]);
    const step = `${textOf(before.version)} to ${textOf(inputs.version)}`;
    if (minor(inputs) < minor(before)) {
      throw new AwsApiError("InvalidParameterException", `a cluster cannot be downgraded: ${step}.`);
    }
    if (minor(inputs) > minor(before) + 1) {
      throw new AwsApiError("InvalidParameterException", `one minor version at a time: ${step} skips some.`);
    }
  },
  outputs: (inputs, id, { region, services }) => {
    const given = isProperties(inputs.vpcConfig) ? inputs.vpcConfig : {};
    const subnets = Array.isArray(given.subnetIds) ? given.subnetIds.map(textOf) : [];
    const first = services.inventory.get({ type: subnetToken, id: subnets[0] ?? "" });
    const issuer = `https://oidc.eks.${region}.amazonaws.com/id/${digestOf(`${region} ${id}`, 32).toUpperCase()}`;
    return {
      arn: arn("eks", `cluster/${id}`, region),
      identities: [{ oidcs: [{ issuer }] }],
      status: "ACTIVE",
      version: inputs.version ?? eksVersions[0] ?? "",
      vpcConfig: {
        ...given,
        clusterSecurityGroupId: `sg-0${digestOf(`${region} ${id} cluster`, 16)}`,
        vpcId: first?.properties.vpcId ?? "",
      },
    };
  },
  applied: async (inputs, name, services) => {
    const region = textOf(inputs.region ?? services.config.region);
    return access(hosted({ ...inputs, name, region }), services);
  },
  removed: async (name, { deletionProtection, region }, { clusterHost }) => {
    if (deletionProtection === true) {
      const way = "Set deletionProtection to false first, in an update of its own.";
      throw new AwsApiError("InvalidRequestException", `cluster ${name} is protected from deletion. ${way}`);
    }
    await clusterHost.removeCluster(hostedId(name, textOf(region)));
  },
};

export const hosted = ({ name, region, version }: Properties): HostedCluster => ({
  id: hostedId(textOf(name), textOf(region)),
  label: textOf(name),
  kubernetesVersion: textOf(version ?? eksVersions[0]),
  region: textOf(region),
  // Since 1.30 it is there and not the default. https://docs.aws.amazon.com/eks/latest/userguide/storage-classes.html
  storageClasses: [{ name: "gp2", reclaimPolicy: "Delete", isDefault: false }],
});

/** The cluster, brought up, by its address and who vouches for it. */
export const access = async (cluster: HostedCluster, { clusterHost }: Services): Promise<Properties> => {
  const { server, certificateAuthority } = accessOf((await clusterHost.createCluster(cluster)).kubeconfig);
  return { endpoint: server, certificateAuthority: { data: certificateAuthority } };
};
