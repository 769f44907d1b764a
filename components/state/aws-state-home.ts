import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { keepStateDays, kept, type StateHome, type StateHomeArgs } from "./state-home";
import { onlyOverTls } from "./only-over-tls";
import { stateNames } from "./state-names";

/**
 * A private, versioned bucket on AWS that is reached over TLS alone, and a key of ours that encrypts it and the stacks'
 * secrets. Who may use them is decided by IAM, in the account: nothing here lets anybody in.
 */
export class AwsStateHome extends pulumi.ComponentResource implements StateHome {
  public readonly backend: pulumi.Output<string>;
  public readonly secretsProvider: pulumi.Output<string>;

  public constructor(name: string, args: StateHomeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:state:AwsStateHome", name, {}, opts);
    const child = { parent: this, ...kept };
    const names = stateNames(args.name);
    // First of all: where this name is taken, by an earlier run from elsewhere or by a stranger, nothing else is made.
    const home = new s3.Bucket(name, { bucket: names.bucket, forceDestroy: false }, child);
    const bucket = home.bucket;
    const afterHome = { ...child, dependsOn: home };
    const key = new kms.Key(
      name,
      {
        description: `Pulumi's state and the secrets in it: ${args.name}`,
        enableKeyRotation: true,
        // The longest that AWS offers: without this key no secret of any stack can be read again.
        deletionWindowInDays: 30,
      },
      afterHome,
    );
    const alias = new kms.Alias(name, { name: names.keyAlias, targetKeyId: key.keyId }, child);
    new s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
    const closed = new s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    const encrypted = new s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
            // One data key for many objects: S3 asks KMS, and pays for it, that much less often.
            bucketKeyEnabled: true,
          },
        ],
      },
      child,
    );
    const versioned = new s3.BucketVersioning(name, { bucket, versioningConfiguration: { status: "Enabled" } }, child);
    new s3.BucketPolicy(name, { bucket, policy: home.arn.apply(onlyOverTls) }, { ...child, dependsOn: closed });
    new s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: "expire-old-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: keepStateDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
      { ...child, dependsOn: versioned },
    );
    // Known only when nothing can be written in the clear or without a version any more.
    this.backend = pulumi
      .all([bucket, encrypted.id, versioned.id])
      .apply(([there]) => `s3://${there}?region=${args.region}&awssdk=v2`);
    this.secretsProvider = pulumi.interpolate`awskms://${alias.name}?region=${args.region}`;
    this.registerOutputs({ backend: this.backend, secretsProvider: this.secretsProvider });
  }
}
