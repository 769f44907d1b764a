import { InputPropertyError } from "@pulumi/pulumi";

/**
 * An error about one argument of a component. The path leads the message too, since the engine shows the path by itself
 * only for components that run in a process of their own.
 */
export const inputError = (propertyPath: string, reason: string): InputPropertyError =>
  new InputPropertyError({ propertyPath, reason: `${propertyPath}: ${reason}` });
