import type { EntryServices } from "../table-package";
import { textOf, type Properties } from "../values";

/** The account that everything is in; one that AWS's documentation uses. */
export const accountId = "111122223333";

/** Where a resource is: its own region where it names one, else its provider's. */
export const regionOf = (inputs: Properties, { config }: EntryServices): string =>
  textOf(inputs.region ?? config.region);

/** An ARN of this account. IAM's are of no region, S3's of neither. */
export const arn = (service: string, resource: string, region: string): string => {
  if (service === "s3") return `arn:aws:s3:::${resource}`;
  return `arn:aws:${service}:${service === "iam" ? "" : region}:${accountId}:${resource}`;
};
