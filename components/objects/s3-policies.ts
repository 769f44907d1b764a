import { policyDocument } from "../shared/aws-policies";

/** The folder that models lie in, each in one of its own. */
const models = "models";

/** Reads models and lists what there are. Listing says which names exist in the folder, so it is bound to it too. */
export const readModels = (bucketArn: string): string =>
  policyDocument(
    { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/${models}/*` },
    {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": `${models}/*` } },
    },
  );

/**
 * A bucket's policy that turns away whoever comes without TLS, whatever else lets them in. It names every action and
 * principal because it only denies: nothing is granted by it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export const onlyOverTls = (bucketArn: string): string =>
  policyDocument({
    Sid: "OnlyOverTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });

/**
 * Copies versions, their tags and deletions from one bucket to another, and nothing else. Lock and legal hold are read
 * too, without which S3 copies nothing out of a bucket that has a lock.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export const replicate = (from: string, to: string): string =>
  policyDocument(
    { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: from },
    {
      Effect: "Allow",
      Action: [
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
        "s3:GetObjectRetention",
        "s3:GetObjectLegalHold",
      ],
      Resource: `${from}/*`,
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      Resource: `${to}/*`,
    },
  );
