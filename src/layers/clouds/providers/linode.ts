import { Provider } from "@pulumi/linode/provider";
import * as pulumi from "@pulumi/pulumi";
import type { MakeProvider } from "./make-provider";

/** Takes LINODE_TOKEN from its environment where the stack file has no token. */
export const linodeProvider: MakeProvider = (_config, token) =>
  new Provider(
    "linode",
    // Bucket settings such as versioning need an S3 key: one is made for the moment, rather than kept.
    { objUseTempKeys: true, ...(token && { token }) },
    // It was the Foundation's. Without the alias it would be another provider, and everything made with it made anew.
    { aliases: [{ parent: pulumi.createUrn("foundation", "holdfast:layer:Foundation") }] },
  );
