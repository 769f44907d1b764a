import { parse } from "yaml";
import { parseStackFile } from "../../config/stack-file";
import type { ClusterHost } from "../cluster-host";
import type { Inventory } from "../inventory";
import { simulatedApi } from "../providers/kubernetes/config";
import { serveSimulatedApi } from "./simulated-api";
import { standInCluster } from "./stand-in-cluster";

/** Clusters that a rehearsal makes because its stacks take them for granted. */
export interface ExistingClusters {
  /** Values for a stack's secrets that must be more than stand-ins, by path: the kubeconfig of its cluster. */
  secretsOf(stackFile: string): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

/**
 * Makes the cluster of each stack on `existing` before its program runs, once.
 * @param simulated where clusters are no API servers: what is looked at by HTTP is then answered from here
 */
export const existingClusters = async (
  host: ClusterHost,
  simulated: Inventory | undefined,
): Promise<ExistingClusters> => {
  const api = simulated && (await serveSimulatedApi(simulated));
  return {
    async secretsOf(stackFile) {
      const parsed = parseStackFile(stackFile);
      if (!parsed.ok || parsed.config.cloud !== "existing") return {};
      const { cluster, pools } = standInCluster(parsed.config.environment, parsed.config);
      const { kubeconfig } = await host.createCluster(cluster);
      for (const pool of pools) await host.applyPool(pool);
      const { context } = parsed.config.cluster;
      const text = api === undefined ? kubeconfig : atAddress(kubeconfig, simulatedApi(cluster.id, api.port));
      return { "holdfast:kubeconfig": context === undefined ? text : withContext(text, context) };
    },
    close: async () => api?.close(),
  };
};

interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: Readonly<Record<string, unknown>> }[];
  readonly contexts: readonly { readonly name: string }[];
}

/** The kubeconfig of a simulated cluster, at an address where it can be looked into. */
const atAddress = (kubeconfig: string, server: string): string => {
  const config = parse(kubeconfig) as Kubeconfig;
  // Without TLS there is none to skip, and the client wants to be told so.
  const cluster = { server, "insecure-skip-tls-verify": true };
  return JSON.stringify({ ...config, clusters: config.clusters.map(({ name }) => ({ name, cluster })) });
};

/** The same with its context called as the stack file calls it. */
const withContext = (kubeconfig: string, name: string): string => {
  const config = parse(kubeconfig) as Kubeconfig;
  const contexts = config.contexts.map((one) => ({ ...one, name }));
  return JSON.stringify({ ...config, contexts, "current-context": name });
};
