import { Provider } from "@pulumi/linode/provider";
import type { MakeProvider } from "./make-provider";

/** Takes LINODE_TOKEN from its environment where the stack file has no token. */
export const linodeProvider: MakeProvider = (_config, token) =>
  // Bucket settings such as versioning need an S3 key: one is made for the moment, rather than kept.
  new Provider("linode", { objUseTempKeys: true, ...(token && { token }) });
