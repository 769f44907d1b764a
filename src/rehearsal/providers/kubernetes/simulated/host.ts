import { randomBytes } from "node:crypto";

import type { ClusterHost, HostedCluster, HostedDefinition, HostedPool, StandingObject } from "../../../cluster-host";
import type { Inventory, InventoryRecord } from "../../../inventory";
import type { Properties } from "../../values";
import { simulatedClusterId, simulatedServer } from "../config";

export const hostedClusterType = "simulated:Cluster";
export const definitionType = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
const nodeType = "kubernetes:core/v1:Node";

/** Clusters that are nothing but a list of what is in them, kept in the inventory. */
export class SimulatedClusterHost implements ClusterHost {
  constructor(private readonly inventory: Inventory) {}

  async createCluster(cluster: HostedCluster): Promise<{ readonly kubeconfig: string }> {
    const { id, label, kubernetesVersion, region, definitions = [], comesWith = [] } = cluster;
    const key = { type: hostedClusterType, id };
    const known = this.inventory.get(key)?.secrets?.token;
    const token = typeof known === "string" ? known : randomBytes(24).toString("hex");
    const partOf = { type: hostedClusterType, id };
    this.inventory.put({ ...key, label, properties: { kubernetesVersion, region }, secrets: { token }, partOf });
    await this.addDefinitions(id, definitions);
    for (const object of comesWith) this.inventory.put(standingRecord(id, object));
    return { kubeconfig: kubeconfigFor(id, token) };
  }

  addDefinitions(clusterId: string, definitions: readonly HostedDefinition[]): Promise<void> {
    for (const { group, version, kind, plural, scope } of definitions) {
      const name = `${plural}.${group}`;
      this.inventory.put({
        type: definitionType,
        scope: clusterId,
        id: name,
        label: name,
        properties: {
          apiVersion: "apiextensions.k8s.io/v1",
          kind: "CustomResourceDefinition",
          metadata: { name },
          spec: { group, scope, names: { plural, kind }, versions: [{ name: version, served: true, storage: true }] },
        },
        partOf: { type: hostedClusterType, id: clusterId },
      });
    }
    return Promise.resolve();
  }

  applyPool({ clusterId, poolId, nodes }: HostedPool): Promise<void> {
    const wanted = new Set(nodes.map(({ name }) => name));
    for (const node of this.nodesOf(clusterId, poolId)) if (!wanted.has(node.id)) this.inventory.remove(node);
    for (const { name, labels, taints, capacity, allocatable } of nodes) {
      const status = { capacity, allocatable, conditions: [{ type: "Ready", status: "True" }] };
      this.inventory.put({
        type: nodeType,
        scope: clusterId,
        id: name,
        label: name,
        properties: {
          apiVersion: "v1",
          kind: "Node",
          metadata: { name, labels: { ...labels, [poolLabel]: poolId } },
          spec: { taints: taints.map((taint) => ({ ...taint })) },
          status,
        },
        partOf: { type: hostedClusterType, id: clusterId },
      });
    }
    return Promise.resolve();
  }

  removePool(clusterId: string, poolId: string): Promise<void> {
    for (const node of this.nodesOf(clusterId, poolId)) this.inventory.remove(node);
    return Promise.resolve();
  }

  removeCluster(clusterId: string): Promise<void> {
    for (const record of this.inventory.list({ scope: clusterId })) this.inventory.remove(record);
    this.inventory.remove({ type: hostedClusterType, id: clusterId });
    return Promise.resolve();
  }

  adminKubeconfig(server: string): Promise<string | undefined> {
    const id = simulatedClusterId(server);
    const token = id === undefined ? undefined : this.inventory.get({ type: hostedClusterType, id })?.secrets?.token;
    return Promise.resolve(id === undefined || typeof token !== "string" ? undefined : kubeconfigFor(id, token));
  }

  private nodesOf(clusterId: string, poolId: string) {
    return this.inventory.list({ type: nodeType, scope: clusterId }).filter(({ properties }) => {
      const metadata = properties.metadata as { readonly labels?: Readonly<Record<string, string>> };
      return metadata.labels?.[poolLabel] === poolId;
    });
  }
}

/** An object that came with its cluster. */
const standingRecord = (clusterId: string, object: StandingObject): InventoryRecord => {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  return {
    type: `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`,
    scope: clusterId,
    id: namespace === undefined ? name : `${namespace}/${name}`,
    label: name,
    properties: structuredClone(object) as Properties,
    partOf: { type: hostedClusterType, id: clusterId },
  };
};

/** By which a pool's nodes are found again. */
const poolLabel = "holdfast.rehearsal/pool";

const kubeconfigFor = (id: string, token: string): string =>
  `${JSON.stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: id, cluster: { server: simulatedServer(id, token) } }],
      users: [{ name: "admin", user: { token } }],
      contexts: [{ name: id, context: { cluster: id, user: "admin" } }],
      "current-context": id,
    },
    undefined,
    2,
  )}\n`;
