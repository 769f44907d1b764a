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

/** Refuses whoever comes without TLS, whatever else they may do. Everyone and everything, since it only takes away. */
export const tlsOnly = (bucketArn: string): string =>
  policyDocument({
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
