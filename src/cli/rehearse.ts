import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import type { StackCloud } from "../config/stack-config";
import { cloudOption } from "./cloud-option";
import { repository } from "./repository";
import type { Report } from "../rehearsal/rehearse-chain";
import { runToEnd } from "./run-to-end";

interface RehearseOptions {
  readonly stack?: string;
  readonly cloud?: StackCloud;
  readonly keep?: true;
  readonly down?: true;
  readonly verbose?: true;
}

/** `npm run rehearse`: a stack on real control planes on this machine. */
export const rehearseCommand = (): Command =>
  new Command("rehearse")
    .description("rehearse a stack with a real Kubernetes control plane on loopback: every pod must run")
    .option("--stack <name>", "the stack file to rehearse (default: development; with --down: all)")
    .addOption(cloudOption())
    .option("--keep", "leave the control plane up, and print its kubeconfig's path")
    .option("--down", "stop what an earlier --keep left up")
    .option("--verbose", "show what the engine says")
    .action(async (options: RehearseOptions) => {
      await runToEnd(async (signal, progress) => {
        const { rehearseReal } = await import("../rehearsal/real");
        if (options.down === true) return takeDownAll(options);
        const stack = options.stack ?? "development";
        return rehearseReal({
          repository,
          root: join(await rehearsalsRoot(), folderOf(stack, options.cloud)),
          stack,
          ...(options.cloud === undefined ? {} : { cloud: options.cloud }),
          keep: options.keep ?? false,
          signal,
          progress,
          verbose: options.verbose ?? false,
        });
      });
    });

/** A stack on another cloud is another rehearsal, which may be kept beside the stack's own. */
const folderOf = (stack: string, cloud: StackCloud | undefined): string =>
  cloud === undefined ? stack : `${stack}-${cloud}`;

const takeDownAll = async ({ stack, cloud }: RehearseOptions): Promise<Report> => {
  const { takeDown } = await import("../rehearsal/real");
  const root = await rehearsalsRoot();
  // Only what is there by this name: a path such as `..` would lead out of the folder, and what it names is removed.
  const isMeant = (name: string): boolean =>
    stack === undefined ? cloud === undefined || name.endsWith(`-${cloud}`) : name === folderOf(stack, cloud);
  const stacks = (existsSync(root) ? readdirSync(root) : []).filter(isMeant);
  const stopped: string[] = [];
  for (const name of stacks) if ((await takeDown(join(root, name))) > 0) stopped.push(name);
  return { text: stopped.length === 0 ? "Nothing was up." : `Stopped: ${stopped.join(", ")}.`, ok: true };
};

/** Kept rehearsals lie outside the checkout, and each checkout has its own. */
const rehearsalsRoot = async (): Promise<string> => {
  const { toolCacheDir } = await import("../rehearsal/tools");
  const checkout = createHash("sha256").update(repository).digest("hex").slice(0, 12);
  return join(dirname(toolCacheDir()), "rehearsals", checkout);
};
