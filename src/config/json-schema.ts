import { z } from "zod";

import { ownSettings } from "./schema/stack";
import { pulumiKeys } from "./stack-file";

/** What a stack on a cluster that is there already doesn't have. */
const onCloudsOnly = ["holdfast:region", "holdfast:network", "holdfast:nodePools"];

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
    properties: { ...properties, "linode:token": sealed },
    patternProperties: { "^pulumi:(?!disable-default-providers$)": {} },
    additionalProperties: false,
    required,
    if: { required: ["holdfast:cloud"], properties: { "holdfast:cloud": { const: "existing" } } },
    then: { required: ["holdfast:kubeconfig"], not: { anyOf: onCloudsOnly.map((key) => ({ required: [key] })) } },
    else: { required: ["holdfast:region", "holdfast:nodePools"] },
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
