import { UnreachableError } from "../errors";
import type { Provider } from "../stand-in";

/** A provider whose kubeconfig names no cluster: it has functions, and takes no objects. */
export const withoutCluster = (invoke: Provider["invoke"]): Provider => {
  const refuse = ({ type }: { readonly type: string }): never => {
    throw new UnreachableError(`${type} was given the provider that renders charts, which has no cluster`);
  };
  return { check: refuse, diff: refuse, create: refuse, read: refuse, update: refuse, delete: refuse, invoke };
};
