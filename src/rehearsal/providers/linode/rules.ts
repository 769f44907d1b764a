import ipaddr from "ipaddr.js";

import { linodePlans, unsupportedLinodePlan } from "../../../../components/node-pools/linode-plans";
import { didYouMean } from "../nearest-name";
import { regions } from "./catalogue";

/** Rules for single values, each as Linode's API applies it. */

export const region = (value: string): string | undefined =>
  value in regions
    ? undefined
    : `${value} is no region with LKE and Object Storage.${didYouMean(value, Object.keys(regions))}`;

export const plan = (value: string): string | undefined =>
  value in linodePlans
    ? undefined
    : (unsupportedLinodePlan(value) ??
      `${value} is no plan that LKE takes as a node.${didYouMean(value, Object.keys(linodePlans))}`);

/** @see https://techdocs.akamai.com/linode-api/reference/post-lke-cluster */
export const clusterLabel = (value: string): string | undefined => {
  if (value.length < 3 || value.length > 32) return `found ${value.length} characters, wanted 3 to 32`;
  if (!/^[a-zA-Z0-9-]+$/.test(value)) return `found ${JSON.stringify(value)}, allowed: letters, digits and hyphens`;
  return undefined;
};

/** Of a VPC and of its subnets. @see https://techdocs.akamai.com/linode-api/reference/post-vpc */
export const networkLabel = (value: string): string | undefined => {
  if (value.length < 1 || value.length > 64) return `found ${value.length} characters, wanted 1 to 64`;
  if (!/^[a-zA-Z0-9-]+$/.test(value) || value.includes("--")) {
    return `found ${JSON.stringify(value)}, allowed: letters, digits and hyphens, no two hyphens in a row`;
  }
  return undefined;
};

/** @see https://techdocs.akamai.com/linode-api/reference/post-vpc-subnet */
export const subnetRange = (value: string): string | undefined => {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(value)) {
    return `found ${JSON.stringify(value)}, wanted a range such as 10.0.1.0/24`;
  }
  const [address, bits] = ipaddr.IPv4.parseCIDR(value);
  const start = ipaddr.IPv4.networkAddressFromCIDR(value);
  if (start.toString() !== address.toString()) return `found ${value}, whose range starts at ${start.toString()}`;
  if (bits < 1 || bits > 29) return `found a prefix length of ${bits}, allowed: 1 to 29`;
  if (!rfc1918.some(([net, length]) => bits >= length && start.match(net, length))) {
    return `found ${value}, allowed are private addresses (RFC 1918)`;
  }
  const [own, length] = ipaddr.IPv4.parseCIDR(privateNetwork);
  return start.match(own, Math.min(bits, length))
    ? `found ${value}, which meets Linode's own ${privateNetwork}`
    : undefined;
};

const rfc1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => ipaddr.IPv4.parseCIDR(range));

/** The private network of each region. */
const privateNetwork = "192.168.128.0/17";

/** @see https://techdocs.akamai.com/linode-api/reference/post-object-storage-bucket */
export const bucketLabel = (value: string): string | undefined => {
  if (value.length < 3 || value.length > 63) return `found ${value.length} characters, wanted 3 to 63`;
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(value)) {
    return `found ${JSON.stringify(value)}, allowed: lower-case letters, digits, hyphens and dots; no hyphen or dot at an end`;
  }
  return undefined;
};

/** @see https://techdocs.akamai.com/linode-api/reference/post-object-storage-keys */
export const keyLabel = (value: string): string | undefined =>
  value.length >= 1 && value.length <= 50 ? undefined : `found ${value.length} characters, wanted 1 to 50`;

/** @see https://techdocs.akamai.com/linode-api/reference/post-tag */
export const tag = (value: string): string | undefined =>
  value.length >= 3 && value.length <= 50 ? undefined : `found ${value.length} characters, wanted 3 to 50`;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelValue = (value: string): string | undefined =>
  /^(?=.{0,63}$)([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/.test(value)
    ? undefined
    : `found ${JSON.stringify(value)}, wanted a label value: at most 63 letters, digits, - _ . with a letter or digit at each end`;

/** How the API says no. */
export class LinodeApiError extends Error {
  constructor(
    readonly status: number,
    field: string,
    reason: string,
  ) {
    super(`[${status}] [${field}] ${reason}`);
  }
}
