import { snapshotDefinitions } from "../snapshot-definitions";
import type { CheckFailure, Services } from "../stand-in";
import { isList, isProperties, textOf, unknown, type Properties } from "../values";
import { arn } from "./account";
import { digestOf, find, madeUpName, wrongChoice, type AwsType } from "./aws-type";
import { access, clusterToken, eksCluster, hosted, hostedId, nodeGroupToken } from "./eks-cluster";
import { groupNodes, instanceTypeOf, taintEffects } from "./eks-nodes";
import { subnetToken } from "./ec2";
import { roleToken } from "./iam";

const ofCluster = { refers: { clusterName: clusterToken }, missing: "ResourceNotFoundException" };

/** Nodes that a group may have. @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const maxNodes = 450;

export const eks: readonly AwsType[] = [
  eksCluster,
  {
    token: nodeGroupToken,
    name: "nodeGroupName",
    nameMadeUp: true,
    replaces: [
      "nodeGroupNamePrefix",
      "amiType",
      "capacityType",
      "clusterName",
      "diskSize",
      "instanceTypes",
      "nodeRoleArn",
      "subnetIds",
    ],
    id: ({ clusterName, nodeGroupName, nodeGroupNamePrefix }) =>
      `${textOf(clusterName)}:${textOf(nodeGroupName ?? madeUpName(nodeGroupNamePrefix, "group-"))}`,
    refers: { clusterName: clusterToken, nodeRoleArn: roleToken, subnetIds: subnetToken },
    missing: "ResourceNotFoundException",
    fills: ["version", "instanceTypes", "releaseVersion", "amiType"],
    check: (inputs) => [...sizeFailures(inputs), ...taintFailures(inputs)],
    creating: (inputs, services) => void instanceTypeOf(inputs, services),
    outputs: (inputs, id, { region, services }) => ({
      arn: arn("eks", `nodegroup/${id.replace(":", "/")}/${digestOf(id, 8)}`, region),
      nodeGroupName: groupOf(id),
      amiType: inputs.amiType ?? "AL2023_x86_64_STANDARD",
      instanceTypes: inputs.instanceTypes ?? [],
      releaseVersion: inputs.releaseVersion ?? "",
      version: inputs.version ?? find(clusterToken, textOf(inputs.clusterName), services)?.properties.version ?? "",
      status: "ACTIVE",
      resources: [{ autoscalingGroups: [{ name: `eks-${groupOf(id)}-${digestOf(id, 8)}` }] }],
    }),
    applied: async (inputs, id, services) => {
      const region = textOf(inputs.region ?? services.config.region);
      await applyGroup(id, { ...inputs, region }, services);
      return {};
    },
    removed: async (id, { clusterName, region }, { clusterHost }) => {
      await clusterHost.removePool(hostedId(textOf(clusterName), textOf(region)), groupOf(id));
    },
  },
  {
    ...ofCluster,
    token: "aws:eks/addon:Addon",
    replaces: ["addonName", "clusterName"],
    id: ({ clusterName, addonName }) => `${textOf(clusterName)}:${textOf(addonName)}`,
    fills: ["addonVersion", "configurationValues"],
    outputs: (inputs, id, { region }) => ({
      arn: arn("eks", `addon/${id.replace(":", "/")}`, region),
      addonVersion: inputs.addonVersion ?? "",
      configurationValues: inputs.configurationValues ?? "",
    }),
    applied: async ({ clusterName, addonName, region }, _id, { clusterHost, config }) => {
      if (addonName === "snapshot-controller") {
        const cluster = hostedId(textOf(clusterName), textOf(region ?? config.region));
        await clusterHost.addDefinitions(cluster, snapshotDefinitions);
      }
      return {};
    },
  },
  {
    ...ofCluster,
    token: "aws:eks/accessEntry:AccessEntry",
    replaces: ["clusterName", "principalArn", "type"],
    id: ({ clusterName, principalArn }) => `${textOf(clusterName)}:${textOf(principalArn)}`,
    fills: ["userName"],
    outputs: ({ userName, principalArn }, id, { region }) => ({
      accessEntryArn: arn("eks", `access-entry/${digestOf(id, 32)}`, region),
      userName: userName ?? principalArn ?? "",
    }),
  },
  {
    ...ofCluster,
    token: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    replaces: ["accessScope", "clusterName", "policyArn", "principalArn"],
    id: ({ clusterName, principalArn, policyArn }) => [clusterName, principalArn, policyArn].map(textOf).join("#"),
  },
  {
    token: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    replaces: ["clusterName", "namespace", "serviceAccount"],
    refers: { clusterName: clusterToken, roleArn: roleToken },
    id: ({ clusterName, namespace, serviceAccount }) =>
      `a-${digestOf([clusterName, namespace, serviceAccount].map(textOf).join("/"), 17)}`,
    outputs: ({ clusterName }, id, { region }) => ({
      associationId: id,
      associationArn: arn("eks", `podidentityassociation/${textOf(clusterName)}/${id}`, region),
    }),
  },
];

/** The name of the group with this id, which is `cluster:group`. */
const groupOf = (id: string): string => id.slice(id.indexOf(":") + 1);

const sizeFailures = ({ scalingConfig }: Properties): CheckFailure[] => {
  if (!isProperties(scalingConfig)) return [];
  const { minSize, desiredSize, maxSize } = scalingConfig;
  if ([minSize, desiredSize, maxSize].includes(unknown)) return [];
  const [min, desired, max] = [Number(minSize), Number(desiredSize), Number(maxSize)];
  if (0 <= min && min <= desired && desired <= max && 1 <= max && max <= maxNodes) return [];
  const wanted = `wanted 0 <= minSize <= desiredSize <= maxSize, which is 1 to ${maxNodes}`;
  return [
    { path: ["scalingConfig"], reason: `found minSize ${min}, desiredSize ${desired}, maxSize ${max}; ${wanted}` },
  ];
};

const taintFailures = ({ taints }: Properties): CheckFailure[] =>
  (isList(taints) ? taints.filter(isProperties) : []).flatMap((taint, index) =>
    wrongChoice(taint, "effect", Object.keys(taintEffects)).map(({ path, reason }) => ({
      path: ["taints", index, ...path],
      reason,
    })),
  );

/** A managed group has no autoscaler by itself: it is as large as was asked for, and no pod makes it grow. */
const applyGroup = (id: string, group: Properties, services: Services): Promise<void> => {
  const [clusterName = ""] = id.split(":");
  const poolId = groupOf(id);
  const nodes = groupNodes({ ...group, nodeGroupName: poolId }, services);
  return services.clusterHost.applyPool({ clusterId: hostedId(clusterName, textOf(group.region)), poolId, nodes });
};

/** Brings the clusters of an earlier run, and their nodes, back to where they run. */
export const resumeClusters = async (services: Services): Promise<void> => {
  const { inventory } = services;
  for (const record of inventory.list({ type: clusterToken })) {
    inventory.patch(record, await access(hosted(record.properties), services));
  }
  for (const { id, properties } of inventory.list({ type: nodeGroupToken })) await applyGroup(id, properties, services);
};
