import { z } from "zod";

import type { AppSpec } from "../../apps";
import { count, dnsName, minBelowMax } from "./words";

/** `repository:tag`, `repository@sha256:…` or both; the registry, where it is named, may have a port. */
const reference =
  /^(?<repository>[a-z0-9][-.a-z0-9]*(:\d{1,5})?(\/[a-z0-9]+([-._a-z0-9]*[a-z0-9])?)*)(:(?<tag>\w[-.\w]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?$/;

const image = z.string().check(({ value, issues }) => {
  const message = imageFault(value);
  if (message !== undefined) issues.push({ code: "custom", input: value, message, continue: true });
});

function imageFault(text: string): string | undefined {
  const parts = reference.exec(text.slice(0, 512))?.groups;
  if (parts === undefined) return "Wanted repository:tag or repository@sha256:<64 hexadecimal digits>, in lower case.";
  if (parts.digest !== undefined) return undefined;
  if (parts.tag === undefined) return "No tag and no digest: whatever is newest would run. Name a version.";
  return parts.tag === "latest" ? "latest changes under a running service. Name a version." : undefined;
}

const host = z.string().regex(dnsName, {
  error: "Wanted a host: one label below domains.base, as app, or a full name, as app.example.com.",
});

const replicas = z
  .strictObject({ min: count(1, 500).optional(), max: count(1, 500).optional() })
  .check(minBelowMax)
  .describe("Bounds of the autoscaler. Default: 2 to 10; for inference, as many as the inference pools have GPUs for.");

const settings = z
  .record(
    z
      .string()
      .regex(/^[-._a-zA-Z0-9]{1,253}$/, { error: "Wanted a ConfigMap key: letters, digits, dashes, dots and _." }),
    z
      .union([z.string().max(100_000), z.number(), z.boolean()], {
        error: "Wanted a string, a number, or true or false.",
      })
      .transform(String),
  )
  .describe(
    "Settings for the service's ConfigMap, on top of its own defaults. No secrets: those go to holdfast:secrets.",
  );

/** What a stack file may say of one service. */
export function appSection(spec: AppSpec) {
  return z
    .strictObject(
      {
        enabled: z.boolean().default(true).describe("false keeps the lines, but switches the service off."),
        image: image
          .optional()
          .describe(`repository:tag, or by digest, as production demands. Default: ${spec.defaultImage}.`),
        hosts: z
          .array(host)
          .max(50)
          .default([])
          .describe("Names that reach it from outside: one label below domains.base, or a full name."),
        replicas: replicas.optional(),
        settings: settings.default({}),
      },
      { error: ({ input }) => (input === null ? "Wanted a map: {} takes all defaults." : undefined) },
    )
    .describe(`${spec.summary}. Default: off; with an empty map, on with all defaults.`);
}

export type AppInput = z.output<ReturnType<typeof appSection>>;
