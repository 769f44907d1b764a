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
