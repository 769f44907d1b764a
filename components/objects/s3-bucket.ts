import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { bucketLabel, durableOptions } from "../shared";
import { iamRoleName } from "../shared/aws-names";
import { brokenOffDays, keeping, type Bucket, type BucketUse, type Keeping } from "./bucket";
import { onlyOverTls } from "./s3-policies";
import { replicateTo } from "./s3-replication";

interface BucketArgs {
  /** 3 to 63 characters, unique among all customers. Changing it replaces the bucket. */
  readonly bucket: string;
  readonly keeping: Keeping;
  /**
   * AWS's region. Changing it replaces the bucket.
   * @default the provider's
   */
  readonly region?: string;
  /**
   * Protects the bucket and its settings from deletion, and locks what is in it where `keeping` says so. A bucket that
   * outlives its stack would be an open one without its settings.
   * @default true
   */
  readonly durable?: boolean;
}

interface EncryptedArgs {
  /**
   * A KMS key of our own that encrypts the objects, made once the bucket is there.
   * @default none: S3 encrypts with its own keys (AES-256), at no price and no right beside the bucket's own
   */
  readonly key?: { readonly description: string; readonly alias: string };
  readonly replica?: never;
}

interface ReplicatedArgs {
  /**
   * A copy in another region, of all that is written from now on.
   * @default none
   */
  readonly replica?: { readonly bucket: string; readonly region: string; readonly roleName: string } | undefined;
  readonly key?: never;
}

/**
 * A key of our own or a copy, not both: S3 replicates no object that a KMS key encrypts, unless it is told to and its role
 * may use the keys of both regions, which nobody has needed yet.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export type S3BucketArgs = BucketArgs & (EncryptedArgs | ReplicatedArgs);

/** A private, versioned, encrypted bucket on S3, reached over TLS only. Who may use it is for roles to say: nothing here lets anybody in. */
export class S3Bucket extends pulumi.ComponentResource implements Bucket {
  /** Known once nothing can be written in the open, in the clear or without a version any more, and the key has its alias. */
  public readonly bucket: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  public readonly address: pulumi.Output<string>;
  /** The copy in another region, where there is one. */
  public readonly replica?: S3Bucket;

  public constructor(name: string, args: S3BucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:S3Bucket", name, {}, opts);
    const durable = args.durable ?? true;
    const locked = durable ? (args.keeping.locked ?? 0) : 0;
    const child = { parent: this, ...durableOptions(durable) };
    const inRegion = args.region === undefined ? {} : { region: args.region };
    const made = new s3.Bucket(
      name,
      {
        bucket: args.bucket,
        ...inRegion,
        forceDestroy: !durable,
        // Can't be turned off again, and makes another bucket of it where it is turned on.
        ...(locked > 0 && { objectLockEnabled: true }),
      },
      child,
    );
    const of = { bucket: made.bucket, ...inRegion };
    const closed = new s3.BucketPublicAccessBlock(
      name,
      { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      child,
    );
    const versioned = new s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, child);
    const key = args.key && this.makeKey(name, args.key, { ...child, dependsOn: made });
    const encryption = key
      ? {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          // One data key for many objects: S3 asks KMS, and pays for it, that much less often.
          bucketKeyEnabled: true,
        }
      : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    const settings: { readonly bucket: pulumi.Output<string> }[] = [
      closed,
      versioned,
      new s3.BucketServerSideEncryptionConfiguration(name, { ...of, rules: [encryption] }, child),
      // No access lists: whatever is put into the bucket is its owner's.
      new s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, child),
      // Rules about old versions are taken only where there are versions.
      new s3.BucketLifecycleConfiguration(
        name,
        { ...of, rules: lifecycle(args.keeping) },
        { ...child, dependsOn: versioned },
      ),
      // S3 takes one change of a bucket's access at a time.
      new s3.BucketPolicy(name, { ...of, policy: made.arn.apply(onlyOverTls) }, { ...child, dependsOn: closed }),
    ];
    if (locked > 0) {
      // Governance: whoever may bypass it in IAM can, should a bucket be filled with what must not be kept.
      const rule = { defaultRetention: { mode: "GOVERNANCE", days: locked } };
      settings.push(new s3.BucketObjectLockConfiguration(name, { ...of, rule }, { ...child, dependsOn: versioned }));
    }
    const { replica } = args;
    if (replica !== undefined) {
      const copy = { bucket: replica.bucket, region: replica.region, keeping: args.keeping, durable };
      this.replica = new S3Bucket(`${name}-replica`, copy, { parent: this });
      const to = { arn: this.replica.arn, bucket: this.replica.bucket };
      settings.push(replicateTo(name, { from: made, versioned, to, roleName: replica.roleName }, child));
    }
    this.arn = made.arn;
    // What a resource was given is known at preview, and so is the name, while it still waits for all of them.
    this.bucket = pulumi
      .all([made.bucket, pulumi.all(settings.map((one) => one.bucket)), key?.aliasName])
      .apply(([given]) => given);
    this.address = pulumi.interpolate`s3://${this.bucket}`;
    this.registerOutputs({ address: this.address });
  }

  private makeKey(
    name: string,
    { description, alias }: NonNullable<S3BucketArgs["key"]>,
    options: pulumi.CustomResourceOptions,
  ) {
    const key = new kms.Key(
      name,
      // The longest that AWS offers: without this key nothing in the bucket can be read again.
      { description, enableKeyRotation: true, deletionWindowInDays: 30 },
      options,
    );
    const named = new kms.Alias(name, { name: alias, targetKeyId: key.keyId }, options);
    return { arn: key.arn, aliasName: named.name };
  }
}

/** What an environment's bucket for one use is made with. */
export const s3BucketFor = (
  use: BucketUse,
  place: {
    readonly environment: string;
    /** Something of the owner's alone, such as the environment's domain: bucket names are shared among all customers. */
    readonly owner: string;
    readonly replicaRegion?: string | undefined;
    readonly durable: boolean;
  },
): S3BucketArgs => {
  const { environment, owner, replicaRegion, durable } = place;
  return {
    bucket: bucketLabel(environment, use, owner),
    keeping: keeping[use],
    durable,
    ...(replicaRegion !== undefined && {
      replica: {
        bucket: bucketLabel(environment, `${use}-replica`, owner),
        region: replicaRegion,
        roleName: iamRoleName(environment, `${use}-replication`),
      },
    }),
  };
};

const lifecycle = ({ replaced, expires }: Keeping) => [
  {
    id: "expire-old-versions",
    status: "Enabled",
    filter: { prefix: "" },
    noncurrentVersionExpiration: { noncurrentDays: replaced },
    abortIncompleteMultipartUpload: { daysAfterInitiation: brokenOffDays },
    ...(expires !== undefined && { expiration: { days: expires } }),
  },
];
