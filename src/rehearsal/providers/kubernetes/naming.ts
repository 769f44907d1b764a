import { createHash, randomBytes } from "node:crypto";

import { isProperties, unknown, type Properties } from "../values";
import { annotation, metadataOf, withMetadata } from "./object";

/** Marks an object whose name the provider chose, so that a replacement may stand beside it. */
const autonamed = "pulumi.com/autonamed";

export const isAutonamed = (object: Properties): boolean => annotation(object, autonamed) === "true";

export interface NamingArgs {
  /** The resource's name in the program. */
  readonly resource: string;
  readonly urn: string;
  readonly seed: Uint8Array;
  /** What the resource had before, whose chosen name stays. */
  readonly before: Properties | undefined;
}

/** The object with a name: its own, the one that was chosen before, or the resource's with eight digits behind it. */
export const named = (object: Properties, { resource, urn, seed, before }: NamingArgs): Properties => {
  const { metadata } = object;
  if (metadata === unknown) return object;
  const { name, generateName, annotations } = metadataOf(object);
  if ((name ?? null) !== null || (generateName ?? null) !== null) return object;
  const old = before !== undefined && isAutonamed(before) ? metadataOf(before).name : undefined;
  const digits =
    seed.length > 0
      ? createHash("sha256").update(seed).update(urn).digest("hex").slice(0, 8)
      : randomBytes(4).toString("hex");
  return withMetadata(object, {
    name: old ?? `${resource.toLowerCase()}-${digits}`,
    annotations: { ...(isProperties(annotations) ? annotations : {}), [autonamed]: "true" },
  });
};
