import { policyDocument } from "../shared/aws-policies";

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
