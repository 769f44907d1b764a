import { policyDocument } from "../shared/aws-policies";
import { untaggedDays } from "./registry";

const expire = { type: "expire" };
const untagged = {
  rulePriority: 1,
  description: `Untagged images go after ${untaggedDays} days`,
  selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: untaggedDays },
  action: expire,
};

/**
 * Which images of a service go. Lower priorities are judged first, and a rule for any tag has to be the last.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export const keepImages = (count: number): string =>
  JSON.stringify({
    rules: [
      untagged,
      {
        rulePriority: 2,
        description: `The last ${count} images stay`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
        action: expire,
      },
    ],
  });

/** Only what no tag points to goes. */
export const keepTagged = JSON.stringify({ rules: [untagged] });

/**
 * Lets nodes have an image copied on its first pull, below these prefixes only. Their role reads every repository of the
 * account as it is.
 * @param repositoryArn ARN of any repository in the account and region
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export const fillCaches = (repositoryArn: string, prefixes: readonly string[]): string => {
  const registry = repositoryArn.slice(0, repositoryArn.indexOf(":repository/"));
  return policyDocument({
    Effect: "Allow",
    Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
    Resource: prefixes.map((prefix) => `${registry}:repository/${prefix}/*`),
  });
};
