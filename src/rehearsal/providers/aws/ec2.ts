import { Netmask } from "netmask";

import type { EntryServices } from "../table-package";
import { textOf, type Properties } from "../values";
import { accountId, arn, regionOf } from "./account";
import { AwsApiError } from "./api-error";
import { digestOf, find, newId, type AwsType } from "./aws-type";

const vpc = "aws:ec2/vpc:Vpc";
export const subnetToken = "aws:ec2/subnet:Subnet";
const gateway = "aws:ec2/internetGateway:InternetGateway";
const address = "aws:ec2/eip:Eip";
const nat = "aws:ec2/natGateway:NatGateway";
const routeTable = "aws:ec2/routeTable:RouteTable";
const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const securityGroup = "aws:ec2/securityGroup:SecurityGroup";
export const launchTemplateToken = "aws:ec2/launchTemplate:LaunchTemplate";

/** An address of a range that is for documentation, the same for the same id. */
const addressOf = (id: string): string => `198.51.100.${Number.parseInt(digestOf(id, 2), 16)}`;

const owned =
  (kind: string) =>
  (_inputs: Properties, id: string, { region }: { readonly region: string }) => ({
    arn: arn("ec2", `${kind}/${id}`, region),
    ownerId: accountId,
  });

/** A subnet lies in its network and meets no other. @throws AwsApiError */
const refuseRange = ({ vpcId, cidrBlock }: Properties, services: EntryServices): void => {
  const whole = textOf(find(vpc, textOf(vpcId), services)?.properties.cidrBlock);
  const range = new Netmask(textOf(cidrBlock));
  if (!new Netmask(whole).contains(range)) {
    throw new AwsApiError(
      "InvalidSubnet.Range",
      `${textOf(cidrBlock)} is not within ${whole}, the range of ${textOf(vpcId)}.`,
    );
  }
  for (const { id, properties } of services.inventory.list({ type: subnetToken })) {
    if (properties.vpcId !== vpcId) continue;
    const other = new Netmask(textOf(properties.cidrBlock));
    if (!other.contains(range.base) && !range.contains(other.base)) continue;
    throw new AwsApiError("InvalidSubnet.Conflict", `${textOf(cidrBlock)} overlaps with ${other.toString()} of ${id}.`);
  }
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const ec2: readonly AwsType[] = [
  {
    token: vpc,
    replaces: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    id: () => newId("vpc"),
    heldBy: { code: "DependencyViolation", types: [subnetToken, gateway, securityGroup, endpoint, routeTable] },
    outputs: (inputs, id, { region }) => ({
      ...owned("vpc")(inputs, id, { region }),
      defaultNetworkAclId: `acl-0${digestOf(`${id} acl`, 16)}`,
      defaultRouteTableId: `rtb-0${digestOf(`${id} rtb`, 16)}`,
      defaultSecurityGroupId: `sg-0${digestOf(`${id} sg`, 16)}`,
      mainRouteTableId: `rtb-0${digestOf(`${id} rtb`, 16)}`,
    }),
  },
  {
    token: subnetToken,
    replaces: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"],
    id: () => newId("subnet"),
    refers: { vpcId: vpc },
    missing: "InvalidVpcID.NotFound",
    fills: ["availabilityZone"],
    heldBy: {
      code: "DependencyViolation",
      types: [nat, endpoint, "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"],
    },
    creating: refuseRange,
    outputs: (inputs, id, { region }) => ({
      ...owned("subnet")(inputs, id, { region }),
      availabilityZone: inputs.availabilityZone ?? `${region}a`,
    }),
  },
  {
    token: gateway,
    id: () => newId("igw"),
    refers: { vpcId: vpc },
    missing: "InvalidVpcID.NotFound",
    outputs: owned("internet-gateway"),
  },
  {
    token: address,
    replaces: ["address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
    id: () => newId("eipalloc"),
    heldBy: { code: "InvalidIPAddress.InUse", types: [nat] },
    outputs: (_inputs, id, { region }) => ({
      allocationId: id,
      arn: arn("ec2", `elastic-ip/${id}`, region),
      publicIp: addressOf(id),
      publicDns: `ec2-${addressOf(id).replaceAll(".", "-")}.${region}.compute.amazonaws.com`,
    }),
  },
  {
    token: nat,
    replaces: ["allocationId", "connectivityType", "privateIp", "subnetId", "vpcId", "availabilityMode"],
    id: () => newId("nat"),
    refers: { allocationId: address, subnetId: subnetToken, vpcId: vpc },
    missing: "InvalidSubnetID.NotFound",
    outputs: ({ allocationId }, id) => ({
      networkInterfaceId: `eni-0${digestOf(id, 16)}`,
      ...(typeof allocationId === "string" && { publicIp: addressOf(allocationId) }),
    }),
  },
  {
    token: routeTable,
    replaces: ["vpcId"],
    id: () => newId("rtb"),
    refers: { vpcId: vpc },
    missing: "InvalidVpcID.NotFound",
    fills: ["routes"],
    heldBy: { code: "DependencyViolation", types: [association] },
    outputs: (inputs, id, place) => ({ ...owned("route-table")(inputs, id, place), routes: inputs.routes ?? [] }),
  },
  {
    token: "aws:ec2/route:Route",
    replaces: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
    id: ({ routeTableId, destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId }) => {
      const to = textOf(destinationCidrBlock ?? destinationIpv6CidrBlock ?? destinationPrefixListId);
      return `r-${textOf(routeTableId)}${digestOf(to, 10)}`;
    },
    refers: { routeTableId: routeTable, gatewayId: gateway, natGatewayId: nat },
    missing: "InvalidRouteTableID.NotFound",
    outputs: () => ({ origin: "CreateRoute", state: "active" }),
  },
  {
    token: association,
    replaces: ["subnetId", "gatewayId"],
    id: () => newId("rtbassoc"),
    refers: { routeTableId: routeTable, subnetId: subnetToken },
    missing: "InvalidRouteTableID.NotFound",
  },
  {
    token: securityGroup,
    replaces: ["description", "vpcId"],
    name: "name",
    id: () => newId("sg"),
    refers: { vpcId: vpc },
    missing: "InvalidVpcID.NotFound",
    fills: ["vpcId"],
    heldBy: { code: "DependencyViolation", types: [endpoint, "aws:eks/cluster:Cluster"] },
    creating: ({ name, vpcId }, { inventory }) => {
      const same = inventory.list({ type: securityGroup, label: textOf(name) });
      if (same.every(({ properties }) => properties.vpcId !== vpcId)) return;
      throw new AwsApiError("InvalidGroup.Duplicate", `${textOf(vpcId)} has a security group ${textOf(name)} already.`);
    },
    outputs: owned("security-group"),
  },
  {
    token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    replaces: ["vpcId"],
    id: ({ vpcId }) => `sg-0${digestOf(`${textOf(vpcId)} sg`, 16)}`,
    refers: { vpcId: vpc },
    missing: "InvalidVpcID.NotFound",
    outputs: (inputs, id, place) => ({
      ...owned("security-group")(inputs, id, place),
      name: "default",
      description: "default VPC security group",
    }),
  },
  {
    token: endpoint,
    replaces: ["vpcId", "serviceName", "vpcEndpointType", "serviceRegion"],
    id: () => newId("vpce"),
    refers: { vpcId: vpc, subnetIds: subnetToken, routeTableIds: routeTable, securityGroupIds: securityGroup },
    missing: "InvalidVpcId.NotFound",
    outputs: (_inputs, id, { region }) => ({
      arn: arn("ec2", `vpc-endpoint/${id}`, region),
      ownerId: accountId,
      prefixListId: `pl-${digestOf(`${region} s3`, 8)}`,
      state: "available",
    }),
  },
  {
    token: "aws:ec2/flowLog:FlowLog",
    replaces: [
      ...["deliverCrossAccountRole", "destinationOptions", "eniId", "iamRoleArn", "logDestination"],
      ...["logDestinationType", "logFormat", "maxAggregationInterval", "subnetId", "trafficType", "vpcId"],
    ],
    id: () => newId("fl"),
    refers: { vpcId: vpc, subnetId: subnetToken, iamRoleArn: "aws:iam/role:Role" },
    missing: "InvalidParameter",
    outputs: (_inputs, id, { region }) => ({ arn: arn("ec2", `vpc-flow-log/${id}`, region) }),
  },
  {
    token: launchTemplateToken,
    name: "name",
    nameMadeUp: true,
    replaces: ["namePrefix"],
    id: () => newId("lt"),
    fills: ["defaultVersion"],
    creating: (inputs, services) => {
      if ((inputs.name ?? null) === null) return;
      const same = services.inventory.list({ type: launchTemplateToken, label: textOf(inputs.name) });
      if (same.every(({ properties }) => properties.region !== regionOf(inputs, services))) return;
      const code = "InvalidLaunchTemplateName.AlreadyExistsException";
      throw new AwsApiError(code, `there is a launch template ${textOf(inputs.name)} already.`);
    },
    outputs: (inputs, id, { region }) => ({
      arn: arn("ec2", `launch-template/${id}`, region),
      name: inputs.name ?? `${textOf(inputs.namePrefix ?? "template-")}${digestOf(id, 7)}`,
      defaultVersion: inputs.defaultVersion ?? 1,
      latestVersion: 1,
    }),
  },
];
