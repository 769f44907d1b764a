import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { storeCredentialsPath, type ModelStore } from "../objects";
import { checkedWorkloadName, inputError } from "../shared";
import {
  closed,
  exposure,
  internalUrl,
  longestStartSeconds,
  objectMeta,
  podSelector,
  prerequisites,
  type WorkloadArgs,
  volumeClaim,
} from "../workload";
import { basename } from "node:path";
import { cacheVolume, serverPod } from "./server-pod";

export interface VllmServerArgs extends WorkloadArgs {
  /** Settings; `MODEL` names the model, which is the folder below `models/` in the store, and in the cache. */
  readonly settings: Readonly<Record<string, string>>;
  /** Servers at a time. It isn't scaled by load: the GPUs that there are set the number. */
  readonly replicas: number;
  /** Where the model comes from. */
  readonly modelStore: ModelStore;
  /**
   * Size of each replica's model cache. Changing it replaces the servers.
   * @default "100Gi"
   */
  readonly modelCache?: string;
  /** Storage class of the caches, best one that deletes a volume with its claim. Changing it replaces the servers. */
  readonly storageClass: pulumi.Input<string>;
  /**
   * Memory that the server's processes share; it must fit into the memory limit together with the server's own.
   * @default "8Gi"
   */
  readonly sharedMemory?: string;
}

/**
 * vLLM's OpenAI-compatible server on the GPU pool: `restricted`, without the host's namespaces, offline but for its sync
 * from the model store.
 *
 * It is a StatefulSet because a block volume belongs to one node at a time: each replica has a cache of its own, which
 * outlives its pod, so that a restart compares where a first start downloads. It also replaces one replica after another
 * without a surge, for which there would be no free GPU. A cache holds nothing that the store doesn't, so it is not
 * protected, and goes with its server.
 */
export class VllmServer extends pulumi.ComponentResource {
  /** Where the server is reached from within the cluster. */
  public readonly url: pulumi.Output<string>;

  /** @throws InputPropertyError for a name, image or model that cannot be, or without a GPU */
  public constructor(name: string, args: VllmServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:inference:VllmServer", name, {}, opts);
    checkModel(args.settings["MODEL"]);
    if (!args.resources.gpus) throw inputError("resources.gpus", "0; a vLLM server needs at least 1.");
    const server = checkedWorkloadName(args.name);
    const { access } = args.modelStore;
    const workload: WorkloadArgs = {
      ...args,
      network: { ...(args.network ?? closed), internet: true, podIdentity: access.kind === "pod-identity" },
      ...(access.kind === "workload-identity" && { workloadIdentity: access.clientId }),
    };
    const storeSecretName = access.kind === "credentials-file" ? `${server}-model-store` : undefined;
    const needed = [
      ...prerequisites(workload, this),
      ...(access.kind === "credentials-file"
        ? [
            new k8s.core.v1.Secret(
              `${server}-model-store`,
              {
                metadata: objectMeta(args, `${server}-model-store`),
                stringData: pulumi.secret({ [basename(storeCredentialsPath)]: access.file }),
              },
              { parent: this },
            ),
          ]
        : []),
    ];
    new k8s.apps.v1.StatefulSet(
      server,
      {
        metadata: objectMeta(args),
        spec: {
          replicas: args.replicas,
          serviceName: server,
          selector: { matchLabels: podSelector(server) },
          // Replicas don't know of each other, so they needn't start one after another.
          podManagementPolicy: "Parallel",
          persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Retain" },
          revisionHistoryLimit: 3,
          volumeClaimTemplates: [
            volumeClaim({ name: cacheVolume, storageClass: args.storageClass, size: args.modelCache ?? "100Gi" }),
          ],
          template: serverPod(workload, {
            source: args.modelStore,
            storeSecretName,
            sharedMemory: args.sharedMemory ?? "8Gi",
          }),
        },
      },
      {
        parent: this,
        dependsOn: [...needed, ...(args.nodes ?? [])],
        customTimeouts: rolloutTimeouts(longestStartSeconds(args.probes), args.replicas),
      },
    );
    exposure(workload, args.replicas, this);
    this.url = pulumi
      .output(args.namespace)
      .apply((namespace) => internalUrl({ name: server, namespace, port: args.port }));
    this.registerOutputs({ url: this.url });
  }
}

/** For a first sync of a model of some hundred gigabytes. */
const syncSeconds = 1800;

/** The first replicas start together; an update takes them one by one. */
const rolloutTimeouts = (startSeconds: number, replicas: number) => ({
  create: `${syncSeconds + startSeconds}s`,
  update: `${(syncSeconds + startSeconds) * Math.max(1, replicas)}s`,
});

/** A model's name becomes a path in the store and in the cache, so it must not lead out of them. */
const modelName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const checkModel = (model: string | undefined): void => {
  if (model !== undefined && modelName.test(model)) return;
  const found = model === undefined ? "missing" : `"${model}"`;
  throw inputError("settings.MODEL", `${found}; allowed are letters, digits, dots, dashes and underscores.`);
};
