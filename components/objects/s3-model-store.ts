import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { iamRoleName } from "../shared/aws-names";
import { assumedByPods } from "../shared/aws-policies";
import type { ModelStore, StoreAccess, StoreReader } from "./model-store";
import { S3Bucket, s3BucketFor } from "./s3-bucket";
import { readModels } from "./s3-policies";

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
   * The region that a copy is kept in.
   * @default none is kept
   */
  readonly replicaRegion?: string | undefined;
  /**
   * Protects the bucket from deletion.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * A bucket on S3 for models. Pods of the readers get credentials for a role that reads models in this bucket and nothing
 * else, with no key kept anywhere.
 *
 * Encryption is S3's own (AES-256), not KMS: models are no secret from whoever may read the bucket, and the bucket's policy
 * and the role say who that is. A KMS key would ask the same question twice, and a price for each object of a model.
 */
export class S3ModelStore extends pulumi.ComponentResource implements ModelStore {
  /** Known once the bucket is closed and every reader has its role: credentials come to a pod only as it starts. */
  public readonly remote: pulumi.Output<string>;
  public readonly flags: readonly pulumi.Input<string>[];
  public readonly access: StoreAccess = { kind: "pod-identity" };
  public readonly address: pulumi.Output<string>;

  /** @throws InputPropertyError where a name doesn't fit */
  public constructor(name: string, args: S3ModelStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:objects:S3ModelStore", name, {}, opts);
    const place = { ...args, durable: args.durable ?? true };
    const { bucket, arn, address } = new S3Bucket(name, s3BucketFor("models", place), { parent: this });
    const associations = this.letIn(name, args, arn);
    // What a resource was given is known at preview, and so is the path, while it still waits for all of them.
    this.remote = pulumi
      .all([bucket, pulumi.all(associations.map((one) => one.serviceAccount))])
      .apply(([bucketName]) => `:s3:${bucketName}`);
    // https://rclone.org/s3/#authentication
    this.flags = [
      "--s3-provider=AWS",
      `--s3-region=${args.region}`,
      "--s3-env-auth",
      // The role may read models, not ask whether the bucket exists.
      "--s3-no-check-bucket",
    ];
    this.address = address;
    this.registerOutputs({ remote: this.remote });
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
