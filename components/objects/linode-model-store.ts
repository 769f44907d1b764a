import * as pulumi from "@pulumi/pulumi";
import { LinodeBucket, linodeBucketFor, scopedKey } from "./linode-bucket";
import { storeCredentialsPath, type ModelStore, type StoreAccess } from "./model-store";

export interface LinodeModelStoreArgs {
  readonly environment: string;
  /** Linode's region, for example `fr-par`. Changing it replaces the bucket. */
  readonly region: pulumi.Input<string>;
  /** Something of the owner's alone, such as the environment's domain: bucket names are shared among all customers. */
  readonly owner: string;
  /**
   * Protects the bucket from deletion.
   * @default true
   */
  readonly durable?: boolean;
}

/** A bucket on Linode for models, and a key that reads this bucket and nothing else. */
export class LinodeModelStore extends pulumi.ComponentResource implements ModelStore {
  public readonly remote: pulumi.Output<string>;
  public readonly flags: readonly pulumi.Input<string>[];
  public readonly access: StoreAccess;
  public readonly address: pulumi.Output<string>;

  public constructor(name: string, args: LinodeModelStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:LinodeModelStore", name, {}, opts);
    const { region, durable = true } = args;
    const settings = linodeBucketFor("models", { ...args, durable });
    const bucket = new LinodeBucket(name, settings, { parent: this });
    const key = scopedKey(
      `${name}-reader`,
      { label: `${settings.label}-reader`, bucket, region, permissions: "read_only" },
      { parent: this },
    );
    this.remote = pulumi.interpolate`:s3:${bucket.label}`;
    // https://rclone.org/s3/#linode
    this.flags = [
      "--s3-provider=Linode",
      pulumi.interpolate`--s3-endpoint=${bucket.s3Endpoint}`,
      "--s3-env-auth",
      `--s3-shared-credentials-file=${storeCredentialsPath}`,
      // The key may read this one bucket, not ask whether it exists.
      "--s3-no-check-bucket",
    ];
    const file = pulumi.secret(pulumi.all([key.accessKey, key.secretKey]).apply(credentialsFile));
    this.access = { kind: "credentials-file", file };
    this.address = bucket.address;
    this.registerOutputs({ remote: this.remote });
  }
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
const credentialsFile = ([accessKey, secretKey]: readonly [string, string]): string =>
  `[default]\naws_access_key_id = ${accessKey}\naws_secret_access_key = ${secretKey}\n`;
