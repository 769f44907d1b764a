/** The clouds that a stack can be on, by the names that stack files give them. */
export const clouds = ["linode", "aws", "azure"] as const;
export type Cloud = (typeof clouds)[number];
