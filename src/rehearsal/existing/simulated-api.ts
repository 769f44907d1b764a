import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { HostedCluster } from "../cluster-host";
import type { Inventory } from "../inventory";
import { hostedClusterType } from "../providers/kubernetes/simulated/host";

/** The little of a simulated cluster's API that can be looked at by HTTP, on a free port of loopback. */
export interface SimulatedApi {
  readonly port: number;
  close(): Promise<void>;
}

/** Kinds that can be listed or read, by their path. */
const kinds: Readonly<Record<string, string>> = {
  "/api/v1/nodes": "kubernetes:core/v1:Node",
  "/apis/apps/v1/daemonsets": "kubernetes:apps/v1:DaemonSet",
  "/apis/storage.k8s.io/v1/storageclasses": "kubernetes:storage.k8s.io/v1:StorageClass",
  "/apis/apiextensions.k8s.io/v1/customresourcedefinitions":
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Answers what the preflight asks from the inventory, so that a simulated cluster is looked into the same way as a real
 * one. Whoever shows the cluster's token may do everything.
 */
export const serveSimulatedApi = async (inventory: Inventory): Promise<SimulatedApi> => {
  const server = createServer((request, response) => {
    const { status, body } = answer(inventory, request);
    request.resume();
    response.writeHead(status, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return { port, close: () => closed(server) };
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const answer = (inventory: Inventory, { url = "", method, headers }: IncomingMessage): Answer => {
  const [, clusterId = "", path = ""] = /^\/simulated\/([^/]+)(\/[^?]*)/.exec(url) ?? [];
  const cluster = inventory.get({ type: hostedClusterType, id: clusterId });
  const token = cluster?.secrets?.["token"];
  if (cluster === undefined || typeof token !== "string" || headers.authorization !== `Bearer ${token}`) {
    return refusal(401, "Unauthorized");
  }
  const { kubernetesVersion } = cluster.properties as unknown as Pick<HostedCluster, "kubernetesVersion">;
  if (path === "/version") return found({ gitVersion: `v${kubernetesVersion}.0` });
  if (path === "/api/v1/namespaces/kube-system") return found({ metadata: { name: "kube-system", uid: clusterId } });
  if (method === "POST" && path === "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews") {
    return { status: 201, body: { spec: {}, status: { allowed: true } } };
  }
  const listed = kinds[path];
  if (listed !== undefined) {
    return found({ items: inventory.list({ type: listed, scope: clusterId }).map(({ properties }) => properties) });
  }
  const [, collection = "", name = ""] = /^(.+)\/([^/]+)$/.exec(path) ?? [];
  const kind = kinds[collection];
  const record = kind === undefined ? undefined : inventory.get({ type: kind, scope: clusterId, id: name });
  return record === undefined ? refusal(404, "NotFound") : found(record.properties);
};

const found = (body: unknown): Answer => ({ status: 200, body });

const refusal = (status: number, reason: string): Answer => ({
  status,
  body: { apiVersion: "v1", kind: "Status", status: "Failure", code: status, reason },
});
