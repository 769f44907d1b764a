import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { restricted, settingsName } from "../workload";

/** The cache, in which each model has a folder; laid out as the bucket's own folder of this name. */
export const modelsFolder = "/models";

/** Where the sync finds its credentials; the server has no sight of them. */
export const storeSecretFolder = "/var/run/secrets/model-store";
export const credentialsFile = "credentials";

/**
 * rclone 1.75.1, by digest: the same program whatever happens to the tag. A sync that is cut off leaves no half file under
 * its own name, and the next one goes on from there.
 * Looked at 2026-11-21: the newest release, with a digest that public uses of it agree on.
 */
const image = "docker.io/rclone/rclone:1.75.1@sha256:45401ad7410db1d67ffdb58e19059ad20b0d8e0285a60e38bbec55cc1019c7a5";

export interface ModelSource {
  readonly bucket: pulumi.Input<string>;
  /** Host name of the S3 endpoint. */
  readonly endpoint: pulumi.Input<string>;
}

/**
 * Arguments that bring what the bucket has of the model into the cache's folder. A copy deletes nothing: S3 lists a prefix that
 * isn't there as empty, and a mirror of that would be a cache without a model. `$(MODEL)` is the setting. Each argument is
 * an output by itself, so that at preview only what isn't known yet is unknown.
 * @see https://rclone.org/s3/#linode
 */
const syncArgs = ({ bucket, endpoint }: ModelSource): pulumi.Input<string>[] => [
  "copy",
  pulumi.interpolate`:s3:${bucket}/models/$(MODEL)`,
  `${modelsFolder}/$(MODEL)`,
  "--config=",
  "--s3-provider=Linode",
  pulumi.interpolate`--s3-endpoint=${endpoint}`,
  "--s3-env-auth",
  `--s3-shared-credentials-file=${storeSecretFolder}/${credentialsFile}`,
  // The key may read this one bucket, not ask whether it exists.
  "--s3-no-check-bucket",
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
