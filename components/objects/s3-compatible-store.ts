import * as pulumi from "@pulumi/pulumi";
import { storeCredentialsPath, type ModelStore } from "./model-store";

export interface S3CompatibleStoreArgs {
  /** The S3 API's address, for example `https://s3.example.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  /**
   * The region that requests are signed for.
   * @default none, which most S3-compatible stores take
   */
  readonly region?: string | undefined;
  /** A key that reads the bucket, best nothing else; both halves are kept as secrets. */
  readonly accessKeyId: pulumi.Input<string>;
  readonly secretAccessKey: pulumi.Input<string>;
}

/** A bucket that is there already, behind S3's API: it is read, and nothing about it is made or changed. */
export const s3CompatibleStore = (args: S3CompatibleStoreArgs): ModelStore => {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = args;
  // https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
  const file = pulumi.secret(
    pulumi.interpolate`[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  return {
    remote: pulumi.output(`:s3:${bucket}`),
    flags: [
      // https://rclone.org/s3/#s3-provider: Other is any store that speaks S3's API.
      "--s3-provider=Other",
      `--s3-endpoint=${endpoint}`,
      ...(region === undefined ? [] : [`--s3-region=${region}`]),
      "--s3-env-auth",
      `--s3-shared-credentials-file=${storeCredentialsPath}`,
      // The key may read this one bucket, not ask whether it exists.
      "--s3-no-check-bucket",
    ],
    access: { kind: "credentials-file", file },
  };
};
