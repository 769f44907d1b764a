/** The clouds that a stack can be on, by the names that stack files give them. */
export const clouds = ["linode", "aws", "azure"] as const;
export type Cloud = (typeof clouds)[number];

/** What a stack file may say for its cloud: one that we make things in, or that its cluster is there already. */
export const stackClouds = [...clouds, "existing"] as const;
export type StackCloud = (typeof stackClouds)[number];
