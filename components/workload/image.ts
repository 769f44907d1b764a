import * as pulumi from "@pulumi/pulumi";
import { inputError } from "../shared";

const byDigest = /^[^@\s]+@sha256:[0-9a-f]{64}$/;

/**
 * The image, if it is named by its content: a tag can be moved to another image after it was tested.
 * @throws InputPropertyError at once for a plain name; for an output, when it is known
 */
export const imageByDigest = (image: pulumi.Input<string>): pulumi.Input<string> =>
  typeof image === "string" ? checked(image) : pulumi.output(image).apply(checked);

const checked = (image: string): string => {
  if (byDigest.test(image)) return image;
  throw inputError("image", `"${image}" has no digest; production takes repository@sha256:<64 hex digits> only.`);
};
