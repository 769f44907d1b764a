import type { Region } from "@pulumi/aws";
import { Provider } from "@pulumi/aws/provider";
import type { MakeProvider } from "./make-provider";

/** Takes short-lived credentials from its environment, as AWS's own tools do. */
export const awsProvider: MakeProvider = ({ environment, region }) => {
  const tags = { "holdfast:environment": environment, "holdfast:managed-by": "pulumi" };
  // As the stack file names it; a region that the SDK has no name for yet is none the worse.
  return new Provider("aws", { region: region as Region, defaultTags: { tags } });
};
