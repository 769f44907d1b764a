import * as pulumi from "@pulumi/pulumi";
import { NvidiaDevicePlugin, needsDevicePlugin } from "../../components/gpu";
import { ServiceMonitorDefinition } from "../../components/metrics";
import { StorageClasses, storageClassNames } from "../../components/storage";
import type { CloudStackConfig, StackConfig } from "../config";
import type { Foundation } from "./foundation";
import { volumeSnapshots } from "./volume-snapshots";

/** What a cluster has once, for all who use it. A stack that joins another's cluster finds it there. */
export class PlatformServices extends pulumi.ComponentResource {
  /** What ServiceMonitors wait for, where this stack makes it. */
  public readonly metricsDefinition: pulumi.Resource | undefined;
  /** The class of volumes whose contents can be made again. */
  public readonly storageClass: pulumi.Input<string>;
  /** What pods that ask for GPUs wait for besides the nodes: without it their nodes offer none. */
  public readonly gpuDevices: readonly pulumi.Resource[];

  public constructor(config: StackConfig, foundation: Pick<Foundation, "cluster" | "nodes" | "namespaces">) {
    super("holdfast:layer:PlatformServices", "platform-services");
    const { cluster, nodes } = foundation;
    if (config.cloud === "existing") {
      // Its owner's affair, for all who use the cluster: the preflight has looked that they are there.
      this.storageClass = config.cluster.storageClasses.standard;
      this.gpuDevices = [];
    } else if (config.cluster.kind === "own") {
      const options = { parent: this, provider: cluster.provider };
      this.metricsDefinition = new ServiceMonitorDefinition("service-monitors", options).definition;
      this.storageClass = new StorageClasses("storage", { cloud: config.cloud }, options).standard;
      this.gpuDevices = gpuDevices(config, config.cluster.members, { ...options, dependsOn: [...nodes] });
    } else {
      this.storageClass = storageClassNames.standard;
      this.gpuDevices = [];
    }
    if (config.cloud !== "existing") {
      volumeSnapshots(config, foundation, { parent: this, provider: cluster.provider });
    }
    this.registerOutputs({});
  }
}

/** Members bring pools of their own, whose nodes need the plugin as much, and may not make it. */
const gpuDevices = (
  { environment, tier, cloud, nodePools }: CloudStackConfig,
  members: readonly string[],
  options: pulumi.ComponentResourceOptions,
): readonly pulumi.Resource[] => {
  const hasGpus = Object.values(nodePools).some(({ purpose }) => purpose === "inference");
  if (!needsDevicePlugin[cloud] || !(hasGpus || members.length > 0)) return [];
  return [new NvidiaDevicePlugin("gpu", { environment, production: tier === "production" }, options)];
};
