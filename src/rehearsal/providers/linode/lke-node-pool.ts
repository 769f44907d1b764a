import { atLeast, number, optional, replacing, required, text } from "../shape";
import type { ResourceEntry } from "../table-package";
import { isProperties, present, textOf, type Properties } from "../values";
import { applyPool, clusterOf, poolProperties, poolType, removePool, sizeFailures } from "./node-pool";
import { plan } from "./rules";

/** A node pool that is a resource of its own, perhaps of another stack than its cluster. */
export const lkeNodePool: ResourceEntry = {
  inputs: {
    ...poolProperties,
    clusterId: replacing(required(number(atLeast(1)))),
    nodeCount: optional(number(atLeast(1))),
    type: replacing(required(text(plan))),
  },
  computed: ["diskEncryption", "k8sVersion", "labels", "nodeCount", "nodes", "tags", "updateStrategy"],
  recomputed: { nodes: ["nodeCount", "autoscaler"] },
  checkTogether: (pool) => sizeFailures(pool, "nodeCount", []),
  create: async (inputs, services) => {
    const cluster = clusterOf(textOf(inputs.clusterId), services);
    const poolId = services.inventory.newId(poolType);
    const region = textOf(cluster.properties.region);
    const pool = await applyPool(
      { clusterId: cluster.id, region, poolId, pool: asCount(inputs), nested: false },
      services,
    );
    return { id: poolId, outputs: asOutputs(pool) };
  },
  read: (id, { inventory }) => {
    const record = inventory.get({ type: poolType, id });
    return record === undefined ? undefined : asOutputs(record.properties);
  },
  update: async (poolId, inputs, services) => {
    const cluster = clusterOf(textOf(inputs.clusterId), services);
    const before = services.inventory.get({ type: poolType, id: poolId })?.properties;
    if (before === undefined) {
      throw new Error(
        `[404] LKE cluster ${cluster.id} has no pool ${poolId}. Something deleted it, perhaps an update of the cluster, ` +
          "which deletes every pool without one of its externalPoolTags. Run a refresh, which will see that.",
      );
    }
    const args = { clusterId: cluster.id, region: textOf(cluster.properties.region), poolId, before, nested: false };
    return asOutputs(await applyPool({ ...args, pool: asCount(inputs) }, services));
  },
  delete: async (id, services) => {
    const record = services.inventory.get({ type: poolType, id });
    if (record !== undefined) await removePool(textOf(record.properties.clusterId), id, services);
  },
};

const asCount = ({ nodeCount, ...pool }: Properties): Properties =>
  present({ ...pool, count: nodeCount === null ? undefined : nodeCount });

const asOutputs = ({ id: _id, count, ...pool }: Properties): Properties =>
  present({ ...pool, nodeCount: count, autoscaler: isProperties(pool.autoscaler) ? pool.autoscaler : undefined });
