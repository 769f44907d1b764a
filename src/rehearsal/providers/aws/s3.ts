import { textOf } from "../values";
import { arn } from "./account";
import { AwsApiError } from "./api-error";
import type { AwsType } from "./aws-type";

const bucket = "aws:s3/bucket:Bucket";

/** What a bucket has one of, and keeps under its own id. */
const ofBucket = (name: string, replaces: readonly string[] = []): AwsType => ({
  token: `aws:s3/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  replaces: ["bucket", ...replaces],
  id: ({ bucket: of }) => textOf(of),
  refers: { bucket },
  missing: "NoSuchBucket",
});

export const s3: readonly AwsType[] = [
  {
    token: bucket,
    name: "bucket",
    replaces: ["objectLockEnabled"],
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    check: ({ bucket: name }) =>
      typeof name !== "string" || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
        ? []
        : [{ path: ["bucket"], reason: `found ${JSON.stringify(name)}, wanted 3 to 63 of a-z, 0-9, - and .` }],
    outputs: (_inputs, id, { region }) => ({
      arn: arn("s3", id, region),
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegion: region,
      bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
    }),
    removed: (id, { forceDestroy }, { inventory }) => {
      const object = inventory.list().find(({ partOf }) => partOf?.type === bucket && partOf.id === id);
      if (object === undefined || forceDestroy === true) return;
      throw new AwsApiError("BucketNotEmpty", `${id} has objects or versions in it, ${object.label} among them.`);
    },
  },
  ...[
    "bucketVersioning",
    "bucketServerSideEncryptionConfiguration",
    "bucketPublicAccessBlock",
    "bucketOwnershipControls",
    "bucketPolicy",
    "bucketLifecycleConfiguration",
    "bucketLogging",
    "bucketReplicationConfig",
    "bucketNotification",
    "bucketCorsConfiguration",
  ].map((name) => ofBucket(name)),
  ofBucket("bucketObjectLockConfiguration", ["objectLockEnabled", "expectedBucketOwner"]),
];
