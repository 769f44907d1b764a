import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ServiceMonitorDefinition } from "../../components/metrics";
import { StorageClasses, storageClassNames } from "../../components/storage";
import type { StackConfig } from "../config";

/** What a cluster has once, for all who use it. A stack that joins another's cluster finds it there. */
export class PlatformServices extends pulumi.ComponentResource {
  /** What ServiceMonitors wait for, where this stack makes it. */
  public readonly metricsDefinition: pulumi.Resource | undefined;
  /** The class of volumes whose contents can be made again. */
  public readonly storageClass: pulumi.Input<string>;

  public constructor(config: StackConfig, kubernetes: k8s.Provider) {
    super("holdfast:layer:PlatformServices", "platform-services");
    if (config.cluster.kind === "own") {
      const options = { parent: this, provider: kubernetes };
      this.metricsDefinition = new ServiceMonitorDefinition("service-monitors", options).definition;
      this.storageClass = new StorageClasses("storage", { cloud: config.cloud }, options).standard;
    } else {
      this.storageClass = storageClassNames.standard;
    }
    this.registerOutputs({});
  }
}
