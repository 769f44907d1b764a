import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { assumedBy } from "../shared/aws-policies";
import { replicate } from "./s3-policies";

export interface Replication {
  readonly from: s3.Bucket;
  /** What makes the first bucket keep versions, without which S3 copies nothing out of it. */
  readonly versioned: pulumi.Resource;
  /** `bucket` is known once versions are kept there, without which S3 refuses to copy to it. */
  readonly to: { readonly arn: pulumi.Output<string>; readonly bucket: pulumi.Output<string> };
  readonly roleName: string;
}

/**
 * Copies all that is written to one bucket to another, with a role of its own for it. Deletions are copied too: the copy
 * keeps what was deleted as many days as the first does, and so never fills up with what nobody has any more.
 */
export const replicateTo = (
  name: string,
  { from, versioned, to, roleName }: Replication,
  options: pulumi.CustomResourceOptions,
): s3.BucketReplicationConfig => {
  const role = new iam.Role(
    `${name}-replication`,
    { name: roleName, assumeRolePolicy: assumedBy("s3.amazonaws.com") },
    options,
  );
  const policy = pulumi.all([from.arn, to.arn]).apply(([source, target]) => replicate(source, target));
  const mayCopy = new iam.RolePolicy(`${name}-replication`, { role: role.name, policy }, options);
  const destination = pulumi.all([to.arn, to.bucket]).apply(([arn]) => ({ bucket: arn }));
  return new s3.BucketReplicationConfig(
    name,
    {
      bucket: from.bucket,
      role: role.arn,
      rules: [
        {
          id: "to-the-second-region",
          status: "Enabled",
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Enabled" },
          destination,
        },
      ],
    },
    { ...options, dependsOn: [versioned, mayCopy] },
  );
};
