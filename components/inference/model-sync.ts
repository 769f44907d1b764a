import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ModelStore } from "../objects";
import { restricted, settingsName } from "../workload";

/** The cache, in which each model has a folder; laid out as the bucket's own folder of this name. */
export const modelsFolder = "/models";

/**
 * rclone 1.75.1, by digest: the same program whatever happens to the tag. A sync that is cut off leaves no half file under
 * its own name, and the next one goes on from there.
 * Looked at 2026-11-21: the newest release, with a digest that public uses of it agree on.
 */
const image = "docker.io/rclone/rclone:1.75.1@sha256:45401ad7410db1d67ffdb58e19059ad20b0d8e0285a60e38bbec55cc1019c7a5";

export type ModelSource = Pick<ModelStore, "remote" | "flags">;

/**
 * Arguments that bring what the bucket has of the model into the cache's folder. A copy deletes nothing: object stores list a prefix that
 * isn't there as empty, and a mirror of that would be a cache without a model. `$(MODEL)` is the setting. Each argument is
 * an output by itself, so that at preview only what isn't known yet is unknown.
 */
const syncArgs = ({ remote, flags }: ModelSource): pulumi.Input<string>[] => [
  "copy",
  pulumi.interpolate`${remote}/models/$(MODEL)`,
  `${modelsFolder}/$(MODEL)`,
  "--config=",
  ...flags,
  "--stats=30s",
  "--stats-one-line",
  "--cache-dir=/tmp/rclone",
];

/** Brings the model into the cache before the server starts; where the cache is filled, it only compares. */
export const modelSync = (
  workload: string,
  source: ModelSource,
  volumeMounts: types.input.core.v1.VolumeMount[],
): types.input.core.v1.Container => ({
  name: "model-sync",
  image,
  imagePullPolicy: "IfNotPresent",
  args: syncArgs(source),
  envFrom: [{ configMapRef: { name: settingsName(workload) } }],
  resources: {
    requests: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "128Mi" },
    limits: { cpu: "2", memory: "1Gi", "ephemeral-storage": "256Mi" },
  },
  securityContext: restricted.container,
  volumeMounts,
});
