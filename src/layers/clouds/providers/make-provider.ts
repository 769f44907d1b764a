import type * as pulumi from "@pulumi/pulumi";
import type { CloudStackConfig } from "../../../config/stack-config";

/** @param token what the cloud is called with, where the stack file holds it; else the provider's own environment */
export type MakeProvider = (
  config: CloudStackConfig,
  token: pulumi.Output<string> | undefined,
) => pulumi.ProviderResource;
