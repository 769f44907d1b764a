import { dirname } from "node:path";
import type { types } from "@pulumi/kubernetes";
import {
  container,
  mountedTogether,
  mounts,
  podTemplate,
  secretFiles,
  type Mounted,
  type WorkloadArgs,
} from "../workload";
import { storeCredentialsPath } from "../objects";
import { modelsFolder, modelSync, type ModelSource } from "./model-sync";

/** The volume that a replica's model cache is claimed under. */
export const cacheVolume = "models";

/** Home of a user that the image doesn't know: compiled graphs and kernels are kept below it. */
const home = "/home/vllm";

/** Folders that vLLM writes to, and sizes that do where the arguments give none. */
const writable = { "/tmp": "2Gi", [home]: "8Gi" };

/**
 * - Nothing is fetched from a hub: what the cache doesn't hold isn't served.
 * - `USER`, because PyTorch asks for the name of a user that has no entry in the image, and fails.
 */
const env: types.input.core.v1.EnvVar[] = [
  { name: "HOME", value: home },
  { name: "USER", value: "vllm" },
  { name: "HF_HUB_OFFLINE", value: "1" },
  { name: "TRANSFORMERS_OFFLINE", value: "1" },
  { name: "VLLM_NO_USAGE_STATS", value: "1" },
  { name: "DO_NOT_TRACK", value: "1" },
];

/** Memory that the server's processes share; what is in it counts against the container's memory limit. */
const sharedMemory = (sizeLimit: string): Mounted => ({
  volumes: [{ name: "shared-memory", emptyDir: { medium: "Memory", sizeLimit } }],
  volumeMounts: [{ name: "shared-memory", mountPath: "/dev/shm" }],
});

const cache = (readOnly: boolean): types.input.core.v1.VolumeMount => ({
  name: cacheVolume,
  mountPath: modelsFolder,
  readOnly,
});

/** The server with its model brought beforehand by a container that alone may write to the cache and see the key. */
export const serverPod = (
  args: WorkloadArgs,
  model: {
    readonly source: ModelSource;
    /** Undefined where the pod shows an identity instead. */
    readonly storeSecretName: string | undefined;
    readonly sharedMemory: string;
  },
): types.input.core.v1.PodTemplateSpec => {
  const server = mountedTogether(
    mounts({ ...args, writable: { ...writable, ...args.writable } }),
    sharedMemory(model.sharedMemory),
  );
  const store =
    model.storeSecretName === undefined
      ? { volumes: [], volumeMounts: [] }
      : secretFiles(model.storeSecretName, dirname(storeCredentialsPath));
  const scratch = server.volumeMounts.filter((mount) => mount.mountPath === "/tmp");
  return podTemplate(args, {
    purpose: "inference",
    initContainers: [modelSync(args.name, model.source, [cache(false), ...store.volumeMounts, ...scratch])],
    containers: [
      {
        ...container(args, { ...server, volumeMounts: [cache(true), ...server.volumeMounts] }),
        // Named here, since the image's own entry point has changed between versions.
        command: ["vllm", "serve"],
        env,
      },
    ],
    volumes: [...server.volumes, ...store.volumes],
  });
};
