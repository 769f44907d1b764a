import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { StackCloud } from "../config/stack-config";
import { cloudOption } from "./cloud-option";
import { repository } from "./repository";
import { runToEnd } from "./run-to-end";

interface StartOptions {
  readonly stack: string;
  readonly cloud?: StackCloud;
  readonly verbose?: true;
}

/** `npm start`: a stack on simulated clouds, from nothing to its summary. */
export const startCommand = (): Command =>
  new Command("start")
    .description("rehearse a stack on simulated clouds: preview, up, an up that changes nothing, a summary")
    .option("--stack <name>", "the stack file to rehearse", "development")
    .addOption(cloudOption())
    .option("--verbose", "show what the engine says")
    .action(async ({ stack, cloud, verbose }: StartOptions) => {
      await runToEnd(async (signal, progress) => {
        const { rehearseSimulated } = await import("../rehearsal/simulated");
        const root = mkdtempSync(join(tmpdir(), "holdfast-"));
        try {
          return await rehearseSimulated({
            repository,
            root,
            stack,
            ...(cloud === undefined ? {} : { cloud }),
            signal,
            progress,
            verbose: verbose ?? false,
          });
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      });
    });
