import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { AppDeployment } from "../../components/app";
import { VllmServer } from "../../components/inference";
import { namespaceName } from "../../components/shared";
import { calleeSettings, closed, connections, type Connections, type WorkloadArgs } from "../../components/workload";
import type { AppSpec } from "../apps";
import type { ExistingStackConfig, StackConfig } from "../config/stack-config";
import type { Data } from "./data";
import type { EnabledApp } from "./enabled-apps";
import type { Foundation } from "./foundation";
import type { PlatformServices } from "./platform-services";

/** The layers that workloads stand on. */
export interface Below {
  readonly foundation: Pick<Foundation, "namespaces" | "nodes">;
  readonly platformServices: Pick<PlatformServices, "metricsDefinition" | "storageClass" | "gpuDevices">;
  readonly data: Pick<Data, "secrets" | "checksumKey" | "modelStore">;
}

/** The services, connected as they declare. */
export class Workloads extends pulumi.ComponentResource {
  /** Where each is reached from within the cluster, by name. */
  public readonly urls: Readonly<Record<string, pulumi.Output<string>>>;

  public constructor(config: StackConfig, apps: readonly EnabledApp[], below: Below, kubernetes: k8s.Provider) {
    super("holdfast:layer:Workloads", "workloads");
    const ends = connections(
      apps.map(({ spec: { name, tier, port, calls } }) => ({
        name,
        namespace: namespaceName(config.environment, tier),
        port,
        calls,
      })),
    );
    const options = { parent: this, provider: kubernetes };
    this.urls = Object.fromEntries(
      apps.map((app) => {
        const args = workloadArgs(config, app, ends.get(app.spec.name) ?? closed, below);
        return [app.spec.name, deploy(app, args, below, options).url];
      }),
    );
    this.registerOutputs({});
  }
}

const deploy = (
  { spec, config }: EnabledApp,
  args: WorkloadArgs & { readonly settings: Readonly<Record<string, string>> },
  { data: { modelStore }, platformServices: { storageClass } }: Below,
  options: pulumi.ComponentResourceOptions,
): AppDeployment | VllmServer => {
  if (spec.kind === "http") return new AppDeployment(spec.name, { ...args, replicas: config.replicas }, options);
  if (!modelStore) throw new pulumi.RunError(`${spec.name} is an inference service, and there is no model store.`);
  const replicas = config.replicas.min;
  return new VllmServer(spec.name, { ...args, ...spec.inference, replicas, modelStore, storageClass }, options);
};

const workloadArgs = (
  stack: StackConfig,
  { spec, config }: EnabledApp,
  ends: Connections,
  { foundation, platformServices, data }: Below,
) => ({
  name: spec.name,
  environment: stack.environment,
  namespace: foundation.namespaces[spec.tier],
  image: config.image,
  requireDigest: stack.tier === "production",
  args: spec.args,
  port: spec.port,
  metrics: spec.metrics,
  probes: spec.probes,
  resources: spec.resources,
  writable: spec.writable,
  settings: { ...spec.settings, ...calleeSettings(ends.callees), ...config.settings },
  secrets: data.secrets[spec.name] ?? {},
  checksumKey: data.checksumKey,
  network: {
    callers: ends.callers,
    callees: ends.callees,
    // The edge stands in the system namespace; only what has a host is behind it.
    callerNamespaces: config.hosts.length > 0 ? [namespaceName(stack.environment, "system")] : [],
    scraperNamespaces: [namespaceName(stack.environment, "ops")],
  },
  terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds,
  metricsDefinition: platformServices.metricsDefinition,
  ...(stack.cloud === "existing" && { nodeSelector: nodesFor(stack, spec) }),
  nodes: spec.resources.gpus > 0 ? [...foundation.nodes, ...platformServices.gpuDevices] : foundation.nodes,
});

/** Nodes of a cluster that is there already carry their owner's labels, which the stack file names. */
const nodesFor = ({ cluster: { nodes } }: ExistingStackConfig, spec: AppSpec): Readonly<Record<string, string>> =>
  spec.kind === "inference" ? nodes.inference : nodes.general;
