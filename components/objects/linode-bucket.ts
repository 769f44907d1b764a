import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { bucketLabel, durableOptions } from "../shared";
import { brokenOffDays, keeping, type Bucket, type BucketUse, type Keeping } from "./bucket";

export interface LinodeBucketArgs {
  /** 3 to 63 characters, unique among all customers of the region. Changing it replaces the bucket. */
  readonly label: string;
  /** Linode's region, for example `fr-par`. Changing it replaces the bucket. */
  readonly region: pulumi.Input<string>;
  /** The provider sets no lock on objects, so that `locked` has no effect here. */
  readonly keeping: Keeping;
  /**
   * Protects the bucket from deletion.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * A private, versioned bucket on Linode. Linode encrypts it with keys of its own, takes TLS at its endpoint, and copies
 * nothing to another region: docs/buckets.md says what to do instead.
 */
export class LinodeBucket extends pulumi.ComponentResource implements Bucket {
  public readonly label: pulumi.Output<string>;
  /** Host that its S3 interface is reached at. */
  public readonly s3Endpoint: pulumi.Output<string>;
  public readonly address: pulumi.Output<string>;

  public constructor(name: string, args: LinodeBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:LinodeBucket", name, {}, opts);
    const { replaced, expires } = args.keeping;
    const bucket = new linode.ObjectStorageBucket(
      name,
      {
        label: args.label,
        region: args.region,
        acl: "private",
        corsEnabled: false,
        versioning: true,
        lifecycleRules: [
          {
            id: "expire-old-versions",
            enabled: true,
            noncurrentVersionExpiration: { days: replaced },
            abortIncompleteMultipartUploadDays: brokenOffDays,
            ...(expires !== undefined && { expiration: { days: expires } }),
          },
        ],
      },
      {
        parent: this,
        ...durableOptions(args.durable ?? true),
        // A store's bucket was the store's own child, before all buckets had a component.
        ...(opts?.parent && { aliases: [{ parent: opts.parent }] }),
      },
    );
    this.label = bucket.label;
    this.s3Endpoint = bucket.s3Endpoint;
    this.address = pulumi.interpolate`https://${bucket.s3Endpoint}/${bucket.label}`;
    this.registerOutputs({ address: this.address });
  }
}

/** What an environment's bucket for one use is made with. */
export const linodeBucketFor = (
  use: BucketUse,
  place: {
    readonly environment: string;
    readonly region: pulumi.Input<string>;
    /** Something of the owner's alone, such as the environment's domain: bucket names are shared among all customers. */
    readonly owner: string;
    readonly durable: boolean;
  },
): LinodeBucketArgs => ({
  label: bucketLabel(place.environment, use, place.owner),
  region: place.region,
  keeping: keeping[use],
  durable: place.durable,
});

export interface ScopedKeyArgs {
  /** At most 50 characters; what is beyond is cut off. */
  readonly label: string;
  readonly bucket: LinodeBucket;
  readonly region: pulumi.Input<string>;
  readonly permissions: "read_only" | "read_write";
}

/** A key for one bucket and nothing else; both halves are secrets. */
export const scopedKey = (
  name: string,
  { label, bucket, region, permissions }: ScopedKeyArgs,
  options: pulumi.CustomResourceOptions,
): linode.ObjectStorageKey =>
  new linode.ObjectStorageKey(
    name,
    { label: label.slice(0, 50), bucketAccesses: [{ bucketName: bucket.label, region, permissions }] },
    { ...options, additionalSecretOutputs: ["accessKey", "secretKey"] },
  );
