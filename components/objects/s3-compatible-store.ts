import * as pulumi from "@pulumi/pulumi";
import { storeCredentialsPath, type ModelStore, type StoreAccess } from "./model-store";

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

/** A bucket that is there already, behind S3's API: it is read, and nothing about it is changed. */
export class S3CompatibleStore extends pulumi.ComponentResource implements ModelStore {
  public readonly remote: pulumi.Output<string>;
  public readonly flags: readonly pulumi.Input<string>[];
  public readonly access: StoreAccess;

  public constructor(name: string, args: S3CompatibleStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:S3CompatibleStore", name, {}, opts);
    this.remote = pulumi.output(`:s3:${args.bucket}`);
    // https://rclone.org/s3/#s3-provider: Other is any store that speaks S3's API.
    this.flags = [
      "--s3-provider=Other",
      `--s3-endpoint=${args.endpoint}`,
      ...(args.region === undefined ? [] : [`--s3-region=${args.region}`]),
      "--s3-env-auth",
      `--s3-shared-credentials-file=${storeCredentialsPath}`,
      // The key may read this one bucket, not ask whether it exists.
      "--s3-no-check-bucket",
    ];
    // https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
    const file = pulumi.secret(
      pulumi.interpolate`[default]\naws_access_key_id = ${args.accessKeyId}\naws_secret_access_key = ${args.secretAccessKey}\n`,
    );
    this.access = { kind: "credentials-file", file };
    this.registerOutputs({ remote: this.remote });
  }
}
