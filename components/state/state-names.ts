import { createHash } from "node:crypto";
import { inputError } from "../shared";

/**
 * Names of what holds Pulumi's state. Each is derived from the home's name alone, so that a second run means the same
 * things, and how to log in can be said without asking a cloud.
 */
export interface StateNames {
  /** S3's and Linode's: 3 to 63 characters, unique among all customers. */
  readonly bucket: string;
  /** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
  readonly keyAlias: string;
  /** Of an Object Storage key on Linode: at most 50 characters. */
  readonly accessKeyLabel: string;
  /** @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
  readonly resourceGroup: string;
  /** 3 to 24 lower-case letters and digits, unique among all customers. */
  readonly storageAccount: string;
  /** 3 to 24 letters, digits and single dashes, unique among all customers, also for 90 days after it is deleted. */
  readonly vault: string;
}

/** The blob container in the storage account. */
export const stateContainer = "pulumi-state";

/** The key in the vault that encrypts the stacks' secrets. */
export const stateKey = "pulumi-secrets";

/** What a state home may be called: it stands in every name, the longest of which leaves it this much. */
export const stateHomeName = {
  pattern: /^[a-z](?:-?[a-z0-9])*$/,
  minLength: 2,
  maxLength: 30,
  allowed: "2 to 30 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash",
} as const;

/** Whether a state home may be called this. */
export const isStateHomeName = (name: string): boolean =>
  name.length >= stateHomeName.minLength && name.length <= stateHomeName.maxLength && stateHomeName.pattern.test(name);

/** @throws InputPropertyError where the name doesn't fit */
export const stateNames = (name: string): StateNames => {
  if (!isStateHomeName(name)) {
    throw inputError("name", `found ${JSON.stringify(name)}; allowed are ${stateHomeName.allowed}.`);
  }
  const digest = createHash("sha256").update(`state\n${name}`).digest("hex");
  const compact = name.replaceAll("-", "");
  return {
    bucket: `holdfast-state-${name}-${digest.slice(0, 8)}`,
    keyAlias: `alias/holdfast-state-${name}`,
    accessKeyLabel: `holdfast-state-${name}`,
    resourceGroup: `holdfast-state-${name}`,
    storageAccount: `hfst${compact.slice(0, 8)}${digest.slice(0, 12)}`,
    vault: `hfst-${compact.slice(0, 8)}-${digest.slice(0, 10)}`,
  };
};
