import { createHash } from "node:crypto";
import { inputError } from "./input-error";

/**
 * Name of what an environment has one of: its resource group, network, cluster, workspace. The strictest limit among
 * them is that of the cluster's DNS prefix, 54 characters.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 * @throws InputPropertyError where the environment's name doesn't fit
 */
export const azureName = (environment: string): string => {
  const name = `holdfast-${environment}`;
  if (name.length <= 54 && /^[a-z0-9](?:-?[a-z0-9])*$/.test(name)) return name;
  throw inputError(
    "environment",
    `gives the name "${name}" (${name.length} characters); allowed are 1 to 54 lower-case letters, digits and single dashes.`,
  );
};

/**
 * A storage account's name has 3 to 24 lower-case letters and digits, and is unique among all customers, so most of it is
 * derived: from the environment and what only one customer has.
 * @param owner something of the owner's alone, such as the environment's domain
 */
export const storageAccountName = (environment: string, purpose: string, owner: string): string =>
  `hf${lettersAndDigits(environment).slice(0, 10)}${digest(environment, purpose, owner).slice(0, 12)}`;

/**
 * A registry's name has 5 to 50 letters and digits, and is unique among all customers.
 * @param owner something of the owner's alone, such as the environment's domain
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export const registryName = (environment: string, owner: string): string =>
  `holdfast${lettersAndDigits(environment).slice(0, 20)}${digest(environment, "registry", owner).slice(0, 12)}`;

/**
 * An agent pool's name has 1 to 12 lower-case letters and digits and starts with a letter: the start of the pool's name,
 * for people, and a digest that tells apart the pools of all environments in the cluster.
 * @see https://learn.microsoft.com/azure/aks/create-node-pools#limitations
 */
export const agentPoolName = (environment: string, pool: string): string => {
  const start = lettersAndDigits(pool).replace(/^[0-9]+/, "");
  return `${start.slice(0, 6) || "pool"}${digest(environment, pool).slice(0, 6)}`;
};

/**
 * A federated credential's name has 3 to 120 letters, digits, dashes and underscores; a namespace and a service account
 * together may have more, and two pairs could make the same name without the digest.
 */
export const federatedCredentialName = (namespace: string, serviceAccount: string): string =>
  `${namespace}-${serviceAccount}`.slice(0, 100) + `-${digest(namespace, serviceAccount).slice(0, 8)}`;

const lettersAndDigits = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The separator keeps parts apart: `a-b` with `c` is not `a` with `b-c`. */
const digest = (...parts: readonly string[]): string => createHash("sha256").update(parts.join("\n")).digest("hex");
