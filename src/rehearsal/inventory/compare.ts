import type { Inventory } from "./inventory";
import type { InventoryRecord, RecordKey } from "./record";

/** A resource in Pulumi's state. */
export type StateResource = Pick<RecordKey, "type" | "id">;

/**
 * What the cloud has and Pulumi does not know of: it costs money, and no update or destroy will ever touch it. Ids of
 * Kubernetes objects repeat from cluster to cluster and the state doesn't say which is which, so things with the same
 * type and id are counted; of more than Pulumi knows, the newest are called orphans.
 */
export const orphans = (inventory: Inventory, state: Iterable<StateResource>): InventoryRecord[] => {
  const known = new Map<string, number>();
  for (const { type, id } of state) known.set(stateKey(type, id), (known.get(stateKey(type, id)) ?? 0) + 1);
  const records = inventory.list();
  const present = new Set(records.map(({ type, id }) => stateKey(type, id)));
  return records.filter(({ type, id, partOf }) => {
    if (partOf !== undefined) return !present.has(stateKey(partOf.type, partOf.id));
    const key = stateKey(type, id);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
};

/** Things that look like two makings of the same one: same type, same label, same cluster. */
export const duplicates = (inventory: Inventory): InventoryRecord[][] => {
  const groups = new Map<string, InventoryRecord[]>();
  for (const record of inventory.list()) {
    if (record.partOf !== undefined) continue;
    const namespace = record.id.includes("/") ? record.id.slice(0, record.id.lastIndexOf("/")) : "";
    const key = [record.type, record.scope ?? "", namespace, record.label].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
};

const stateKey = (type: string, id: string): string => `${type}\n${id}`;
