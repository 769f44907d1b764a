import { noCluster } from "../../../../components/charts/template-call";
import { checkProperties } from "../shape";
import type { StandIn } from "../stand-in";
import { configOf, configTable, movesCluster, refuseCommands, serverOf, simulatedClusterId } from "./config";
import { kubernetesFunctions } from "./functions";
import { kubernetesProvider } from "./provider";
import { RealCluster } from "./real";
import { SimulatedCluster } from "./simulated";
import { withoutCluster } from "./without-cluster";

/**
 * The Kubernetes provider. Objects go to the API server that the kubeconfig names; those of a simulated cluster go to
 * the inventory.
 */
export const kubernetes: StandIn = {
  name: "kubernetes",
  version: "4.34.2",
  checkConfig: (config) => checkProperties(config, configTable),
  configReplaces: (name, before, after) => name === "kubeconfig" && movesCluster(before, after),
  configure: async (given, { inventory, clusterHost, charts }) => {
    const invoke = kubernetesFunctions(charts);
    if (given.kubeconfig === noCluster) return withoutCluster(invoke);
    const config = configOf(given);
    const server = serverOf(config.kubeconfig);
    const clusterId = simulatedClusterId(server);
    if (clusterId !== undefined) {
      return { ...kubernetesProvider(new SimulatedCluster(clusterId, inventory, server), config), invoke };
    }
    // What the program logs in with is the cloud's business, which isn't there to ask: the host's own access stands in.
    const admin = await clusterHost.adminKubeconfig(server);
    if (admin === undefined) refuseCommands(config.kubeconfig);
    const access = admin === undefined ? config.kubeconfig : configOf({ kubeconfig: admin }).kubeconfig;
    return { ...kubernetesProvider(new RealCluster(access), config, clusterHost.readyWithinSeconds), invoke };
  },
};
