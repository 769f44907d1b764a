import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { bucketLabel, durableOptions } from "../shared";

/** Where model artefacts lie, and what it takes to read them. */
export interface ModelStore {
  readonly bucket: pulumi.Output<string>;
  /** Host name of the S3 endpoint. */
  readonly endpoint: pulumi.Output<string>;
  /** An AWS credentials file for a reader of this bucket alone; a secret. */
  readonly credentialsFile: pulumi.Output<string>;
}

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

/** Days after which a version of an artefact that has been replaced is deleted, and an upload that broke off. */
const keepDays = { replaced: 30, brokenOff: 7 } as const;

/** A private, versioned bucket on Linode, and a key that reads this bucket and nothing else. */
export class LinodeModelStore extends pulumi.ComponentResource implements ModelStore {
  public readonly bucket: pulumi.Output<string>;
  public readonly endpoint: pulumi.Output<string>;
  public readonly credentialsFile: pulumi.Output<string>;

  public constructor(name: string, args: LinodeModelStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:LinodeModelStore", name, {}, opts);
    const label = bucketLabel(args.environment, "models", args.owner);
    const bucket = new linode.ObjectStorageBucket(
      name,
      {
        label,
        region: args.region,
        acl: "private",
        corsEnabled: false,
        versioning: true,
        lifecycleRules: [
          {
            id: "expire-old-versions",
            enabled: true,
            noncurrentVersionExpiration: { days: keepDays.replaced },
            abortIncompleteMultipartUploadDays: keepDays.brokenOff,
          },
        ],
      },
      { parent: this, ...durableOptions(args.durable ?? true) },
    );
    const key = new linode.ObjectStorageKey(
      `${name}-reader`,
      {
        label: `${label}-reader`.slice(0, 50),
        bucketAccesses: [{ bucketName: bucket.label, region: args.region, permissions: "read_only" }],
      },
      { parent: this, additionalSecretOutputs: ["accessKey", "secretKey"] },
    );
    this.bucket = bucket.label;
    this.endpoint = bucket.s3Endpoint;
    this.credentialsFile = pulumi.secret(pulumi.all([key.accessKey, key.secretKey]).apply(credentialsFile));
    this.registerOutputs({ bucket: this.bucket, endpoint: this.endpoint });
  }
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
const credentialsFile = ([accessKey, secretKey]: readonly [string, string]): string =>
  `[default]\naws_access_key_id = ${accessKey}\naws_secret_access_key = ${secretKey}\n`;
