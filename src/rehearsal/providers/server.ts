import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

import { ChartRenderer, type MissingChart } from "../charts";
import type { ClusterHost } from "../cluster-host";
import type { Inventory } from "../inventory";
import { silent, type Progress } from "../progress";
import type { CallRecord } from "./calls";
import { Faults, type FaultPlan } from "./faults";
import { providerService } from "./service";
import type { StandIn } from "./stand-in";

export const packages = ["aws", "azure-native", "kubernetes", "linode", "random"] as const;
export type PackageName = (typeof packages)[number];

/** Each is loaded where it is played, for those of the clouds read large tables. */
const standIns: Readonly<Record<PackageName, () => Promise<StandIn>>> = {
  aws: async () => (await import("./aws")).aws,
  "azure-native": async () => (await import("./azure-native")).azureNative,
  kubernetes: async () => (await import("./kubernetes")).kubernetes,
  linode: async () => (await import("./linode")).linode,
  random: async () => (await import("./random")).random,
};

export interface ProvidersArgs {
  /** The stand-in cloud's own record. */
  readonly inventory: Inventory;
  /** Where its clusters live. */
  readonly clusterHost: ClusterHost;
  /** @default none */
  readonly faults?: FaultPlan;
  /** The packages to play; the others are left to their official plugins. @default all of them */
  readonly only?: readonly PackageName[];
  /** Told of what takes long at its first use. @default nobody is */
  readonly progress?: Progress;
}

export interface ProviderServer {
  /** Makes the engine attach to these providers: PULUMI_DEBUG_PROVIDERS. */
  readonly env: Readonly<Record<string, string>>;
  /** Every call so far, in order of arrival. */
  readonly calls: readonly CallRecord[];
  /** Charts that were asked for and could not be had. */
  missingCharts(): readonly MissingChart[];
  stop(): Promise<void>;
}

/** A message may hold a large object, such as a CustomResourceDefinition or a long ConfigMap. */
const maxMessageBytes = 400 * 1024 * 1024;

/**
 * Starts the stand-in providers on loopback, each package on a free port, and brings back the clusters that the
 * inventory lists.
 */
export const startProviders = async (args: ProvidersArgs): Promise<ProviderServer> => {
  const { inventory, clusterHost, only = packages, progress = silent } = args;
  const charts = new ChartRenderer(progress);
  const services = { inventory, clusterHost, charts };
  const calls: CallRecord[] = [];
  const faults = new Faults(args.faults);
  const running: { readonly server: Server; readonly stop: () => void }[] = [];
  const stop = async (): Promise<void> => {
    for (const { server, stop } of running.splice(0)) {
      stop();
      server.forceShutdown();
    }
    await Promise.resolve();
  };
  try {
    const attach: string[] = [];
    for (const name of only) {
      const standIn = await standIns[name]();
      await standIn.resume?.(services);
      const server = new Server({
        "grpc.max_receive_message_length": maxMessageBytes,
        "grpc.max_send_message_length": maxMessageBytes,
      });
      const service = providerService(standIn, { services, calls, faults });
      server.addService(ResourceProviderService, service.handlers);
      running.push({ server, stop: service.stop });
      attach.push(`${name}:${await listen(server)}`);
    }
    const env = { PULUMI_DEBUG_PROVIDERS: attach.join(",") };
    return { env, calls, missingCharts: () => charts.missing, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
