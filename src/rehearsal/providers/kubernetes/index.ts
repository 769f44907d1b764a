import { checkProperties } from "../shape";
import type { StandIn } from "../stand-in";
import { configOf, configTable, movesCluster, serverOf, simulatedClusterId } from "./config";
import { kubernetesProvider } from "./provider";
import { RealCluster } from "./real";
import { SimulatedCluster } from "./simulated";

/**
 * The Kubernetes provider. Objects go to the API server that the kubeconfig names; those of a simulated cluster go to
 * the inventory.
 */
export const kubernetes: StandIn = {
  name: "kubernetes",
  version: "4.34.2",
  checkConfig: (config) => checkProperties(config, configTable),
  configReplaces: (name, before, after) => name === "kubeconfig" && movesCluster(before, after),
  configure: (given, { inventory }) => {
    const config = configOf(given);
    const clusterId = simulatedClusterId(serverOf(config.kubeconfig));
    const cluster =
      clusterId === undefined ? new RealCluster(config.kubeconfig) : new SimulatedCluster(clusterId, inventory);
    return kubernetesProvider(cluster, config);
  },
};
