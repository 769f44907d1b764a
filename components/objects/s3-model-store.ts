import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { bucketLabel, durableOptions } from "../shared";
import { iamRoleName } from "../shared/aws-names";
import { assumedByPods } from "../shared/aws-policies";
import { keepDays, type ModelStore, type StoreAccess, type StoreReader } from "./model-store";
import { readModels, tlsOnly } from "./s3-policies";

export interface S3ModelStoreArgs {
  readonly environment: string;
  /** AWS's region, for example `eu-central-1`. Changing it replaces the bucket. */
  readonly region: string;
  /** Something of the owner's alone, such as the environment's domain: bucket names are shared among all customers. */
  readonly owner: string;
  /** The cluster that the readers are in. Changing it replaces their associations. */
  readonly clusterName: pulumi.Input<string>;
  /** Service accounts that may read models, and nothing else. */
  readonly readers: readonly StoreReader[];
  /**
   * Protects the bucket from deletion.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * A private, versioned, encrypted bucket on S3. Pods of the readers get credentials for a role that reads models in this
 * bucket and nothing else, with no key kept anywhere.
 *
 * Encryption is S3's own (AES-256), not KMS: models are no secret from whoever may read the bucket, and the bucket's policy
 * and the role say who that is. A KMS key would ask the same question twice, and a price for each object of a model.
 */
export class S3ModelStore extends pulumi.ComponentResource implements ModelStore {
  /** Known once the bucket is closed and every reader has its role: credentials come to a pod only as it starts. */
  public readonly remote: pulumi.Output<string>;
  public readonly flags: readonly pulumi.Input<string>[];
  public readonly access: StoreAccess = { kind: "pod-identity" };

  /** @throws InputPropertyError where a name doesn't fit */
  public constructor(name: string, args: S3ModelStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:S3ModelStore", name, {}, opts);
    const bucket = new s3.Bucket(
      name,
      { bucket: bucketLabel(args.environment, "models", args.owner) },
      { parent: this, ...durableOptions(args.durable ?? true) },
    );
    const settings = this.settings(name, bucket);
    const associations = this.letIn(name, args, bucket.arn);
    // What a resource was given is known at preview, and so is the path, while it still waits for all of them.
    const waiting = [...settings.map((one) => one.bucket), ...associations.map((one) => one.serviceAccount)];
    this.remote = pulumi.all([bucket.bucket, ...waiting]).apply(([bucketName]) => `:s3:${bucketName}`);
    // https://rclone.org/s3/#authentication
    this.flags = [
      "--s3-provider=AWS",
      `--s3-region=${args.region}`,
      "--s3-env-auth",
      // The role may read models, not ask whether the bucket exists.
      "--s3-no-check-bucket",
    ];
    this.registerOutputs({ remote: this.remote });
  }

  private settings(name: string, { bucket, arn }: s3.Bucket) {
    const child = { parent: this };
    const closed = new s3.BucketPublicAccessBlock(
      name,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      child,
    );
    const versioned = new s3.BucketVersioning(name, { bucket, versioningConfiguration: { status: "Enabled" } }, child);
    return [
      closed,
      versioned,
      // No access lists: whatever is put into the bucket is its owner's.
      new s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, child),
      new s3.BucketServerSideEncryptionConfiguration(
        name,
        { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        child,
      ),
      new s3.BucketLifecycleConfiguration(
        name,
        {
          bucket,
          rules: [
            {
              id: "expire-old-versions",
              status: "Enabled",
              filter: { prefix: "" },
              noncurrentVersionExpiration: { noncurrentDays: keepDays.replaced },
              abortIncompleteMultipartUpload: { daysAfterInitiation: keepDays.brokenOff },
            },
          ],
        },
        // Rules about old versions are taken only where there are versions.
        { parent: this, dependsOn: versioned },
      ),
      // S3 takes one change of a bucket's access at a time.
      new s3.BucketPolicy(name, { bucket, policy: arn.apply(tlsOnly) }, { parent: this, dependsOn: closed }),
    ];
  }

  private letIn(name: string, args: S3ModelStoreArgs, arn: pulumi.Output<string>): eks.PodIdentityAssociation[] {
    const { readers, environment, clusterName } = args;
    if (readers.length === 0) return [];
    const role = new iam.Role(
      `${name}-reader`,
      {
        name: iamRoleName(environment, "model-reader"),
        assumeRolePolicy: pulumi.output(clusterName).apply((cluster) => assumedByPods(cluster, readers)),
      },
      { parent: this },
    );
    const reading = new iam.RolePolicy(
      `${name}-reader`,
      { role: role.name, policy: arn.apply(readModels) },
      { parent: this },
    );
    return readers.map(
      ({ namespace, serviceAccount }) =>
        new eks.PodIdentityAssociation(
          `${name}-${namespace}-${serviceAccount}`,
          { clusterName, namespace, serviceAccount, roleArn: role.arn },
          { parent: this, dependsOn: reading },
        ),
    );
  }
}
