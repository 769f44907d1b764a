import { z } from "zod";

/** @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
export const secretFileName = z.string().regex(/^(?!\.\.)[-._a-zA-Z0-9]{1,253}$/, {
  error: "Wanted a file's name: letters, digits, dashes, dots and _.",
});

const sealed = z
  .strictObject(
    { secure: z.string().min(1) },
    {
      error: ({ code }) =>
        code === "invalid_type" ? "A plain value. Set it with `pulumi config set --secret --path`." : undefined,
    },
  )
  .describe(
    "A value that Pulumi has encrypted: pulumi config set --secret --path 'holdfast:secrets.<service>.<file>'.",
  );

/** The way into a cluster that is there already, as it stands in a stack file. */
export const kubeconfig = z
  .strictObject({ secure: z.string().min(1) })
  .describe(
    "On cloud existing: the cluster's kubeconfig, encrypted: pulumi config set --secret holdfast:kubeconfig < file.",
  );

/** Secret files of one service, by name, as they stand in a stack file. */
export const appSecrets = z
  .record(secretFileName, sealed)
  .describe("Files that the service finds in its secrets folder, by name; each value encrypted by Pulumi.");
