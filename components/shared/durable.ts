import type { CustomResourceOptions } from "@pulumi/pulumi";

/**
 * Options of a resource that holds what cannot be made again. Protection stops the engine from deleting it; retention
 * leaves the thing itself standing even where someone lifts the protection and deletes it from the stack.
 */
export const durableOptions = (durable: boolean): Pick<CustomResourceOptions, "protect" | "retainOnDelete"> =>
  durable ? { protect: true, retainOnDelete: true } : {};
