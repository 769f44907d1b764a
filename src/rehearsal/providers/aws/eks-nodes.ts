import { planCatalogues } from "../../../../components/node-pools/catalogues";
import type { HostedNode } from "../../cluster-host";
import { didYouMean } from "../nearest-name";
import type { Services } from "../stand-in";
import { isList, isProperties, textOf, type Properties } from "../values";
import { AwsApiError } from "./api-error";
import { digestOf, find } from "./aws-type";
import { launchTemplateToken, subnetToken } from "./ec2";

const catalogue = planCatalogues.aws;
const { plans } = catalogue;

/** As EKS says a taint's effect, and as Kubernetes does. */
export const taintEffects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** The group's instance type, its own or its launch template's. @throws AwsApiError where EKS can't run it */
export const instanceTypeOf = ({ instanceTypes, launchTemplate }: Properties, services: Services): string => {
  const { id, name } = isProperties(launchTemplate) ? launchTemplate : {};
  const template =
    typeof id === "string"
      ? find(launchTemplateToken, id, services)
      : services.inventory.list({ type: launchTemplateToken, label: textOf(name) })[0];
  if (launchTemplate !== undefined && launchTemplate !== null && template === undefined) {
    throw new AwsApiError(
      "InvalidRequestException",
      `launchTemplate: there is no launch template ${textOf(id ?? name)}.`,
    );
  }
  const own = isList(instanceTypes) ? instanceTypes[0] : undefined;
  const type = textOf(own ?? template?.properties.instanceType ?? "t3.medium");
  if (type in plans) return type;
  const reason =
    catalogue.unsupported(type) ?? `${type} is no instance type that EKS runs.${didYouMean(type, Object.keys(plans))}`;
  throw new AwsApiError("InvalidParameterException", `instanceTypes: ${reason}`);
};

/** The group's nodes, spread over its subnets' zones in turn, with the labels that EKS puts on them. */
export const groupNodes = (group: Properties, services: Services): HostedNode[] => {
  const type = instanceTypeOf(group, services);
  const plan = plans[type];
  if (plan === undefined) throw new Error(`${type}: not in the catalogue`);
  const { capacity, allocatable } = catalogue.nodeResources(plan);
  const region = textOf(group.region);
  const zones = zonesOf(group, services);
  const scaling = isProperties(group.scalingConfig) ? group.scalingConfig : {};
  const taints = isList(group.taints) ? group.taints.filter(isProperties) : [];
  return Array.from({ length: Number(scaling.desiredSize ?? 0) }, (_, index) => {
    const name = nodeName(`${textOf(group.clusterName)} ${textOf(group.nodeGroupName)} ${index}`, region);
    const zone = zones[index % zones.length];
    return {
      name,
      labels: {
        ...(isProperties(group.labels) ? (group.labels as Readonly<Record<string, string>>) : {}),
        "eks.amazonaws.com/capacityType": textOf(group.capacityType ?? "ON_DEMAND"),
        "eks.amazonaws.com/nodegroup": textOf(group.nodeGroupName),
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": type,
        "topology.kubernetes.io/region": region,
        ...(zone !== undefined && { "topology.kubernetes.io/zone": zone }),
      },
      taints: taints.map(({ key, value, effect }) => ({
        key: textOf(key),
        value: textOf(value ?? ""),
        effect: taintEffects[textOf(effect)] ?? textOf(effect),
      })),
      capacity,
      allocatable,
    };
  });
};

const zonesOf = ({ subnetIds }: Properties, services: Services): string[] => {
  const ids = isList(subnetIds) ? subnetIds.map(textOf) : [];
  const zones = ids.map((id) => textOf(find(subnetToken, id, services)?.properties.availabilityZone));
  return [...new Set(zones)].toSorted();
};

/** Nodes are called by their address in the network: here the same for the same place in the group. */
const nodeName = (text: string, region: string): string => {
  const digits = digestOf(text, 6).match(/../g) ?? [];
  return `ip-10-${digits.map((part) => Number.parseInt(part, 16)).join("-")}.${region}.compute.internal`;
};
