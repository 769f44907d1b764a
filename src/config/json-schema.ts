import { z } from "zod";

import { ownSettings } from "./schema/stack";
import { foreignNamespaces, pulumiKeys } from "./stack-file";

/** Provider settings that are secrets, listed because a schema cannot tell by a name's words as `looksSecret` does. */
const providerSecrets = [
  "linode:token",
  "linode:objAccessKey",
  "linode:objSecretKey",
  "aws:accessKey",
  "aws:secretKey",
  "aws:token",
  "azure-native:clientSecret",
  "azure-native:clientCertificatePassword",
  "kubernetes:kubeconfig",
];

/**
 * The JSON Schema of a whole stack file, for editors: draft 7, which they know best. It finds what can be found in one
 * place; `npm run config` finds the rest.
 */
export function stackFileSchema(): Readonly<Record<string, unknown>> {
  const own = z.toJSONSchema(ownSettings, { io: "input", target: "draft-7" });
  const { $schema, properties, required } = own;
  const sealed = { type: "object", required: ["secure"], properties: { secure: { type: "string" } } };
  const config = {
    type: "object",
    properties: { ...properties, ...Object.fromEntries(providerSecrets.map((key) => [key, sealed])) },
    patternProperties: { [`^(${foreignNamespaces.join("|")}):`]: {} },
    additionalProperties: false,
    required,
  };
  const ofPulumi = pulumiKeys.filter((key) => key !== "config").map((key) => [key, {}]);
  return {
    $schema,
    $comment: "Made from src/config/schema by npm run schema: do not edit.",
    title: "A holdfast stack file",
    type: "object",
    properties: { config, ...Object.fromEntries(ofPulumi) },
    required: ["config"],
    additionalProperties: false,
  };
}
