import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { KubeConfig, type Cluster } from "@kubernetes/client-node";

import type { InventoryRecord } from "../../inventory";
import { ConfigurationError, messageOf } from "../errors";
import { optional, text, type PropertyTable } from "../shape";
import { textOf, type Properties } from "../values";
import type { Mutability } from "./replacement";

/** Arguments of an explicit provider, all text on the wire: the SDK writes booleans and objects as JSON. */
export const configTable: PropertyTable = Object.fromEntries(
  [
    "alwaysRender",
    "cluster",
    "clusterIdentifier",
    "context",
    "deleteUnreachable",
    "enableConfigMapMutable",
    "enablePatchForce",
    "enableSecretMutable",
    "enableServerSideApply",
    "helmReleaseSettings",
    "kubeClientSettings",
    "kubeconfig",
    "namespace",
    "renderYamlToDirectory",
    "skipUpdateUnreachable",
    "suppressDeprecationWarnings",
    "suppressHelmHookWarnings",
    "upsertExistingObjects",
    "version",
  ].map((name) => [name, optional(text())]),
);

export interface KubernetesConfig {
  readonly kubeconfig: KubeConfig;
  /** Of objects that name none. */
  readonly namespace: string;
  readonly mutable: Mutability;
  readonly patchForce: boolean;
  readonly upsert: boolean;
  readonly deleteUnreachable: boolean;
  readonly skipUpdateUnreachable: boolean;
}

/** @throws ConfigurationError without a kubeconfig that names a cluster: nothing may land wherever the shell points */
export const configOf = (config: Properties): KubernetesConfig => {
  const flag = (name: string): boolean => config[name] === "true" || config[name] === true;
  return {
    kubeconfig: kubeconfigOf(config),
    namespace: typeof config.namespace === "string" ? config.namespace : "default",
    mutable: { configMaps: flag("enableConfigMapMutable"), secrets: flag("enableSecretMutable") },
    patchForce: flag("enablePatchForce"),
    upsert: flag("upsertExistingObjects"),
    deleteUnreachable: flag("deleteUnreachable"),
    skipUpdateUnreachable: flag("skipUpdateUnreachable"),
  };
};

const kubeconfigOf = ({ kubeconfig: given, context }: Properties): KubeConfig => {
  if (typeof given !== "string" || given === "") {
    throw new ConfigurationError(
      "kubernetes: no kubeconfig. Give the provider the kubeconfig of the cluster that it is for.",
    );
  }
  const kubeconfig = new KubeConfig();
  try {
    kubeconfig.loadFromString(existsSync(given) ? readFileSync(given, "utf8") : given);
    if (typeof context === "string") kubeconfig.setCurrentContext(context);
  } catch (error) {
    // The text itself may hold credentials, so only what the parser says is passed on.
    throw new ConfigurationError(`kubernetes: the kubeconfig cannot be read: ${firstLine(messageOf(error))}`);
  }
  if (clusterOf(kubeconfig) === undefined) {
    throw new ConfigurationError("kubernetes: the kubeconfig's current context names no cluster");
  }
  return kubeconfig;
};

const firstLine = (message: string): string => message.split("\n", 1)[0] ?? "";

const clusterOf = (kubeconfig: KubeConfig): Cluster | undefined => kubeconfig.getCurrentCluster() ?? undefined;

/** The API server's address. */
export const serverOf = (kubeconfig: KubeConfig): string => clusterOf(kubeconfig)?.server ?? "";

/**
 * Of a kubeconfig that is to be used as it is: no user's command is ever run by a rehearsal, which would reach a real cloud.
 * @throws ConfigurationError where its user logs in by running one
 */
export const refuseCommands = (kubeconfig: KubeConfig): void => {
  const user = kubeconfig.getCurrentUser();
  const command: unknown = user?.exec ?? user?.authProvider;
  if ((command ?? null) === null) return;
  throw new ConfigurationError(
    `kubernetes: the kubeconfig of ${serverOf(kubeconfig)} logs in by running a command (exec or auth-provider), and no ` +
      "cluster of this rehearsal is at that address. A rehearsal runs no such command: give the provider the kubeconfig " +
      "of a cluster that the rehearsed program makes, or one with a token or a certificate.",
  );
};

/** Whether two kubeconfigs lead to different API servers; what cannot be read is taken as no move. */
export const movesCluster = (before: Properties, after: Properties): boolean => {
  if (before.clusterIdentifier !== undefined && before.clusterIdentifier === after.clusterIdentifier) return false;
  try {
    return serverOf(kubeconfigOf(before)) !== serverOf(kubeconfigOf(after));
  } catch {
    return false;
  }
};

const simulatedHost =
  /^https:\/\/[0-9a-f]{8}\.([^.]+)\.simulated\.invalid$|^http:\/\/127\.0\.0\.1:\d+\/simulated\/([^/]+)$/;

/** @param token that of its administrator: another cluster of the same id has another address, as in a cloud */
export const simulatedServer = (clusterId: string, token: string): string =>
  `https://${createHash("sha256").update(token).digest("hex").slice(0, 8)}.${clusterId}.simulated.invalid`;

/** Whether the address is that of this cluster, and not of one that was there before it under the same id. */
export const leadsTo = ({ id, secrets }: InventoryRecord, server: string): boolean => {
  const byName = server.endsWith(".simulated.invalid");
  return !byName || server === simulatedServer(id, textOf(secrets?.token));
};

/** The id of the simulated cluster at this address; undefined for a real one. */
export const simulatedClusterId = (server: string): string | undefined => {
  const [, byName, byPath] = simulatedHost.exec(server) ?? [];
  return byName ?? byPath;
};

/** The address of a simulated cluster that can be looked into: what is behind it answers from the inventory. */
export const simulatedApi = (clusterId: string, port: number): string =>
  `http://127.0.0.1:${port}/simulated/${clusterId}`;
