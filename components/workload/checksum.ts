import { createHash, createHmac } from "node:crypto";

/** Contents by file or key, in an order that doesn't depend on how they were put together. */
const canonical = (contents: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(contents).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Changes with the contents, so that pods which carry it are rolled when they do. */
export const checksum = (contents: Readonly<Record<string, string>>): string =>
  createHash("sha256").update(canonical(contents)).digest("hex");

/**
 * The same for secrets. It stands where everyone who may see a pod can read it, so it is keyed: without the key, a short
 * secret could be found by trying.
 */
export const keyedChecksum = (key: string, contents: Readonly<Record<string, string>>): string =>
  createHmac("sha256", key).update(canonical(contents)).digest("hex");
