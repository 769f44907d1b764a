import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation";

/** A resource that the engine had begun to create when it was stopped. */
export interface PendingCreate {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Finds what a creation that was cut off left behind: the id, or undefined when nothing was made. */
export type FindLeftover = (pending: PendingCreate, knownIds: ReadonlySet<string>) => string | undefined;

export interface Recovery {
  /** Creations that had happened: their resources are in the state now. */
  readonly adopted: readonly string[];
  /** Creations that had not: they are forgotten, and will be tried again. */
  readonly forgotten: readonly string[];
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Deployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
}

/**
 * Makes a stack ready again after a run that was killed. The engine writes down each creation before it begins, so what it
 * doesn't know the end of is in the state's pending operations: those that did happen are imported, those that did not are
 * dropped, so that the next update neither makes a thing twice nor loses one. The caller has made sure that no other run
 * is under way: the lock of the run that was killed is removed.
 */
export const recover = async (stack: Stack, find: FindLeftover): Promise<Recovery> => {
  await run(stack, ["cancel", "--yes", "--stack", stack.name]);
  const { deployment } = (await stack.exportStack()) as { deployment?: Deployment };
  const known = new Set((deployment?.resources ?? []).flatMap(({ id }) => (id === undefined ? [] : [id])));
  const creates = (deployment?.pending_operations ?? []).filter(({ type }) => type === "creating");
  if ((deployment?.pending_operations ?? []).length === 0) return { adopted: [], forgotten: [] };

  const adopted: string[] = [];
  const forgotten: string[] = [];
  const imports: string[] = [];
  for (const { resource } of creates) {
    const id = find({ urn: resource.urn, type: resource.type, inputs: resource.inputs ?? {} }, known);
    (id === undefined ? forgotten : adopted).push(resource.urn);
    if (id !== undefined) imports.push("--import-pending-creates", resource.urn, "--import-pending-creates", id);
  }
  await run(stack, ["refresh", "--yes", "--stack", stack.name, "--clear-pending-creates", ...imports]);
  return { adopted, forgotten };
};

/** The Automation API has no options for these, so the engine's command line is asked. */
const run = async (stack: Stack, args: readonly string[]): Promise<void> => {
  const { workspace } = stack;
  await promisify(execFile)(workspace.pulumiCommand.command, [...args, "--non-interactive"], {
    cwd: workspace.workDir,
    env: {
      ...process.env,
      ...workspace.envVars,
      ...(workspace.pulumiHome === undefined ? {} : { PULUMI_HOME: workspace.pulumiHome }),
    },
  });
};
