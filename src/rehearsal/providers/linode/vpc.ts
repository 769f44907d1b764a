import ipaddr from "ipaddr.js";

import type { Services } from "../stand-in";
import { optional, replacing, required, text } from "../shape";
import type { ResourceEntry } from "../table-package";
import { textOf, type Properties } from "../values";
import { LinodeApiError, networkLabel, region, subnetRange } from "./rules";

export const vpcType = "linode:index/vpc:Vpc";
export const subnetType = "linode:index/vpcSubnet:VpcSubnet";

/** When everything here was made: the rehearsal's clouds have no clock. */
const madeAt = { created: "2026-11-21T00:00:00Z", updated: "2026-11-21T00:00:00Z" };

/** A private network. @see https://techdocs.akamai.com/linode-api/reference/post-vpc */
export const vpc: ResourceEntry = {
  inputs: {
    description: optional(text((value) => (value.length <= 255 ? undefined : `found ${value.length} characters`))),
    label: required(text(networkLabel)),
    region: replacing(required(text(region))),
  },
  computed: ["created", "updated"],
  create: (inputs, services) => {
    refuseTaken(inputs, undefined, services);
    const id = services.inventory.newId(vpcType);
    return { id, outputs: keep(vpcType, id, inputs, services) };
  },
  read: (id, { inventory }) => inventory.get({ type: vpcType, id })?.properties,
  update: (id, inputs, services) => {
    refuseTaken(inputs, id, services);
    return keep(vpcType, id, inputs, services);
  },
  delete: (id, { inventory }) => {
    if (inventory.list({ type: subnetType }).some(({ properties }) => textOf(properties.vpcId) === id)) {
      throw new LinodeApiError(400, "vpc", `VPC ${id} still has subnets. Delete them first.`);
    }
    inventory.remove({ type: vpcType, id });
  },
};

/** A part of a VPC. @see https://techdocs.akamai.com/linode-api/reference/post-vpc-subnet */
export const vpcSubnet: ResourceEntry = {
  inputs: {
    ipv4: replacing(required(text(subnetRange))),
    label: required(text(networkLabel)),
    vpcId: replacing(required({ kind: "number" })),
  },
  computed: ["created", "linodes", "updated"],
  create: (inputs, services) => {
    const vpcId = textOf(inputs.vpcId);
    if (services.inventory.get({ type: vpcType, id: vpcId }) === undefined) {
      throw new LinodeApiError(404, "vpc_id", `There is no VPC ${vpcId}.`);
    }
    for (const { properties, label } of siblings(inputs, services)) {
      if (overlap(textOf(properties.ipv4), textOf(inputs.ipv4))) {
        throw new LinodeApiError(400, "ipv4", `Overlaps with ${textOf(properties.ipv4)} of subnet ${label}.`);
      }
    }
    refuseSiblingsLabel(inputs, undefined, services);
    const id = services.inventory.newId(subnetType);
    return { id, outputs: keep(subnetType, id, { ...inputs, linodes: [] }, services) };
  },
  read: (id, { inventory }) => inventory.get({ type: subnetType, id })?.properties,
  update: (id, inputs, services) => {
    refuseSiblingsLabel(inputs, id, services);
    return keep(subnetType, id, { ...inputs, linodes: [] }, services);
  },
  delete: (id, { inventory }) => void inventory.remove({ type: subnetType, id }),
};

const keep = (type: string, id: string, inputs: Properties, { inventory }: Services): Properties => {
  const properties = { ...inputs, ...madeAt };
  inventory.put({ type, id, label: textOf(inputs.label), properties });
  return properties;
};

const siblings = ({ vpcId }: Properties, { inventory }: Services) =>
  inventory.list({ type: subnetType }).filter(({ properties }) => properties.vpcId === vpcId);

const refuseTaken = (inputs: Properties, id: string | undefined, { inventory }: Services): void => {
  const label = textOf(inputs.label);
  const taken = inventory.list({ type: vpcType, label }).find((record) => record.id !== id);
  if (taken === undefined) return;
  throw new LinodeApiError(400, "label", `Label must be unique among your VPCs: VPC ${taken.id} is called ${label}.`);
};

const refuseSiblingsLabel = (inputs: Properties, id: string | undefined, services: Services): void => {
  const label = textOf(inputs.label);
  if (!siblings(inputs, services).some((record) => record.id !== id && record.label === label)) return;
  throw new LinodeApiError(400, "label", `Label must be unique among the VPC's subnets: ${label} is taken.`);
};

const overlap = (one: string, other: string): boolean => {
  const [a, b] = [ipaddr.IPv4.parseCIDR(one), ipaddr.IPv4.parseCIDR(other)];
  return a[0].match(b[0], Math.min(a[1], b[1]));
};
