import type { types } from "@pulumi/linode";
import { nodeLabels, nodeTaints, type NodePoolArgs } from "../node-pools";

/** The pool that LKE makes together with the cluster. */
export const nestedPool = (environment: string, name: string, pool: NodePoolArgs): types.input.LkeClusterPool => ({
  type: pool.plan,
  count: pool.count,
  ...(pool.autoscaling && { autoscaler: { ...pool.autoscaling } }),
  labels: nodeLabels(environment, name, pool),
  taints: nodeTaints(pool),
});

/** A replicated control plane, and who may reach it. An access list that is switched on denies everyone else. */
export const controlPlane = (args: {
  readonly highAvailability: boolean;
  readonly acl?: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] } | undefined;
}): types.input.LkeClusterControlPlane => ({
  highAvailability: args.highAvailability,
  ...(args.acl && { acl: { enabled: true, addresses: [{ ipv4s: [...args.acl.ipv4], ipv6s: [...args.acl.ipv6] }] } }),
});
