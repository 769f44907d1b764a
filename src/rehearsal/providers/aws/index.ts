import { optional, replacing, required, text, type PropertyTable } from "../shape";
import { tableStandIn } from "../table-package";
import { awsEntries } from "./aws-type";
import { ec2 } from "./ec2";
import { ecr } from "./ecr";
import { eks, resumeClusters } from "./eks";
import { events } from "./events";
import { functions } from "./functions";
import { iam } from "./iam";
import { kms } from "./kms";
import { logs } from "./logs";
import { s3 } from "./s3";
import { sqs } from "./sqs";

/** All are text on the wire: the SDK writes what isn't as JSON. */
const config: PropertyTable = {
  ...Object.fromEntries(
    [
      ...[
        "accessKey",
        "allowedAccountIds",
        "assumeRoleWithWebIdentity",
        "assumeRoles",
        "customCaBundle",
        "defaultTags",
      ],
      ...[
        "ec2MetadataServiceEndpoint",
        "ec2MetadataServiceEndpointMode",
        "endpoints",
        "forbiddenAccountIds",
        "httpProxy",
      ],
      ...["httpsProxy", "ignoreTags", "insecure", "maxRetries", "noProxy", "profile", "retryMode"],
      ...["s3UsEast1RegionalEndpoint", "s3UsePathStyle", "secretKey", "sharedConfigFiles", "sharedCredentialsFiles"],
      ...["skipCredentialsValidation", "skipMetadataApiCheck", "skipRegionValidation", "skipRequestingAccountId"],
      ...["stsRegion", "tagPolicyCompliance", "token", "tokenBucketRateLimiterCapacity", "useDualstackEndpoint"],
      ...["useFipsEndpoint", "userAgents", "version"],
    ].map((name) => [name, optional(text())]),
  ),
  region: replacing(
    required(
      text((value) =>
        /^[a-z]{2}(-[a-z]+)+-\d$/.test(value) ? undefined : `${value} is no region, such as eu-central-1`,
      ),
    ),
  ),
};

/** AWS, played from the inventory. A new resource type is an entry in its service's file. */
export const aws = tableStandIn({
  name: "aws",
  version: "7.48.0",
  config,
  types: awsEntries([...ec2, ...ecr, ...eks, ...events, ...iam, ...kms, ...logs, ...s3, ...sqs]),
  functions,
  resume: resumeClusters,
});
