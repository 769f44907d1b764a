import type * as pulumi from "@pulumi/pulumi";

/** Where an environment's own images are pushed to, and its nodes pull them from. */
export interface Registry {
  /** What a service's image is called there: `<address>/<service>@sha256:…`. */
  readonly address: pulumi.Output<string>;
}

/** Days after which an image goes that no tag points to any more: what a push that broke off leaves, or a moved tag. */
export const untaggedDays = 7;
