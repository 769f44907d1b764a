export { duplicates, orphans, type StateResource } from "./compare";
export { Inventory, type InventoryOptions } from "./inventory";
export type { InventoryRecord, RecordKey } from "./record";
