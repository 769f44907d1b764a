import type { Stack } from "@pulumi/pulumi/automation";
import { orphans, type Inventory, type InventoryRecord } from "../inventory";

export interface Recovery {
  /** Creations that had happened: their resources are in the state now. */
  readonly adopted: readonly string[];
  /** Creations that had not: they are forgotten, and will be tried again. */
  readonly forgotten: readonly string[];
}

/** A resource as the engine's state file has it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface Deployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
}

/**
 * Makes a stack ready again after a run that was killed. The engine writes down each creation before it begins, so what it
 * doesn't know the end of is in the state's pending operations: those that did happen are taken into the state and read
 * from the cloud, those that did not are dropped, so that the next update neither makes a thing twice nor loses one. (The
 * engine's own `refresh --import-pending-creates` notes the ids and imports nothing: seen with 3.226.) Only for whoever has
 * the inventory open for writing: that no other run is under way is why the lock of the killed one may go.
 */
export const recover = async (stack: Stack, inventory: Inventory): Promise<Recovery> => {
  await stack.cancel();
  const state = await stack.exportStack();
  const deployment = (state.deployment ?? {}) as Deployment;
  const { resources = [], pending_operations: pending = [] } = deployment;
  if (pending.length === 0) return { adopted: [], forgotten: [] };

  const known = resources.flatMap(({ type, id }) => (id === undefined ? [] : [{ type, id }]));
  const strays = orphans(inventory, known);
  const adopted: StateResource[] = [];
  const forgotten: string[] = [];
  // What was being updated or deleted is still in the state: the next update does it again.
  for (const { type, resource } of pending) {
    if (type !== "creating") continue;
    const id = strays.find((stray) => isMadeFrom(stray, resource))?.id;
    if (id === undefined) forgotten.push(resource.urn);
    else adopted.push({ ...resource, id, outputs: resource.inputs ?? {} });
  }
  const put: Deployment = { ...deployment, resources: [...resources, ...adopted], pending_operations: [] };
  await stack.importStack({ ...state, deployment: put });
  const urns = adopted.map(({ urn }) => urn);
  if (urns.length > 0) await stack.refresh({ target: urns });
  return { adopted: urns, forgotten };
};

/** What the engine has written down of a stack. */
export const deploymentOf = async (stack: Stack): Promise<Deployment> =>
  ((await stack.exportStack()).deployment ?? {}) as Deployment;

/** A cloud doesn't know Pulumi's names: what tells that a thing came of a creation is its type and its own name. */
const isMadeFrom = (record: InventoryRecord, { type, inputs }: StateResource): boolean => {
  if (record.type !== type) return false;
  const metadata = inputs?.["metadata"] as { readonly name?: string; readonly namespace?: string } | undefined;
  if (metadata === undefined) return record.label === inputs?.["label"];
  return record.id === [metadata.namespace, metadata.name].filter((part) => part !== undefined).join("/");
};
