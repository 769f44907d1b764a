import { execFile } from "node:child_process";
import { promisify } from "node:util";
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
 * doesn't know the end of is in the state's pending operations: those that did happen are imported, those that did not are
 * dropped, so that the next update neither makes a thing twice nor loses one. Only for whoever has the inventory open for
 * writing: that no other run is under way is why the lock of the killed one may go.
 */
export const recover = async (stack: Stack, inventory: Inventory): Promise<Recovery> => {
  await pulumi(stack, ["cancel", "--yes", "--stack", stack.name]);
  const { resources = [], pending_operations: pending = [] } = await deploymentOf(stack);
  if (pending.length === 0) return { adopted: [], forgotten: [] };

  const strays = orphans(
    inventory,
    resources.flatMap(({ type, id }) => (id === undefined ? [] : [{ type, id }])),
  );
  const creates = pending.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  const found = creates.map((resource) => ({ resource, id: strays.find((stray) => isMadeFrom(stray, resource))?.id }));
  const imports = found.flatMap(({ resource, id }) => (id === undefined ? [] : [resource.urn, id]));
  await pulumi(stack, [
    ...["refresh", "--yes", "--stack", stack.name, "--clear-pending-creates"],
    ...imports.flatMap((word) => ["--import-pending-creates", word]),
  ]);
  return {
    adopted: found.filter(({ id }) => id !== undefined).map(({ resource }) => resource.urn),
    forgotten: found.filter(({ id }) => id === undefined).map(({ resource }) => resource.urn),
  };
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

/** The Automation API has no options for these, so the engine's command line is asked. */
const pulumi = async ({ workspace }: Stack, args: readonly string[]): Promise<void> => {
  await promisify(execFile)(workspace.pulumiCommand.command, [...args, "--non-interactive"], {
    cwd: workspace.workDir,
    env: {
      ...process.env,
      ...workspace.envVars,
      ...(workspace.pulumiHome === undefined ? {} : { PULUMI_HOME: workspace.pulumiHome }),
    },
  });
};
