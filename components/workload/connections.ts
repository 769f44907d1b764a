import type { Endpoint } from "./network-policy";

/** A workload, and the names of those that it calls. */
export interface Caller extends Endpoint {
  readonly port: number;
  readonly calls: readonly string[];
}

export interface Connections {
  readonly callers: readonly Endpoint[];
  readonly callees: readonly (Endpoint & { readonly port: number })[];
}

/**
 * Both ends of every declared call, by workload. A call to one that is not here (switched off in this environment) opens
 * nothing at either end. Takes time in proportion to the calls, not to the pairs.
 */
export const connections = (workloads: readonly Caller[]): ReadonlyMap<string, Connections> => {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const ends = new Map(
    workloads.map(({ name }) => [name, { callers: new Array<Endpoint>(), callees: new Array<Caller>() }]),
  );
  for (const caller of workloads) {
    for (const name of new Set(caller.calls)) {
      const callee = byName.get(name);
      if (!callee) continue;
      ends.get(caller.name)?.callees.push(callee);
      ends.get(callee.name)?.callers.push(caller);
    }
  }
  return ends;
};

/** Where a workload is reached from within the cluster. */
export const internalUrl = ({ name, namespace, port }: Endpoint & { readonly port: number }): string =>
  `http://${name}.${namespace}.svc.cluster.local:${port}`;

/** Settings that tell a caller where its callees are: `API_ROUTER_URL` for `api-router`. */
export const calleeSettings = (callees: Connections["callees"]): Record<string, string> =>
  Object.fromEntries(
    callees.map((callee) => [`${callee.name.toUpperCase().replaceAll("-", "_")}_URL`, internalUrl(callee)]),
  );
