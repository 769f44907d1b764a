import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { formatReport } from "../config/mistake";
import { repository } from "./repository";
import { runToEnd } from "./run-to-end";
import { checkRequest } from "../state/request";

interface StateOptions {
  readonly cloud?: string;
  readonly region?: string;
  readonly name?: string;
  readonly rehearse?: true;
  readonly yes?: true;
  readonly verbose?: true;
}

/** `npm run state`: the place where Pulumi's state of all stacks lives. */
export const stateCommand = (): Command =>
  new Command("state")
    .description(
      "make the place where Pulumi keeps the state of all stacks, and the key of their secrets; say how to log in",
    )
    .option("--cloud <cloud>", "linode, aws or azure")
    .option("--region <region>", "the cloud's own name for the region; can't be changed later")
    .option("--name <name>", "your company's short name: it stands in names that are unique among all customers")
    .option("--rehearse", "play it on a stand-in cloud: nothing is made")
    .option("--yes", "agree to the changes beforehand, for pipelines")
    .option("--verbose", "show what the engine says")
    .action(async (options: StateOptions) => {
      const rehearse = options.rehearse ?? false;
      const checked = checkRequest({ ...options, rehearse, yes: options.yes ?? false }, surroundings());
      if (!checked.ok) {
        process.stderr.write(formatReport("state", checked.mistakes));
        process.exitCode = 1;
        return;
      }
      const { request, warnings } = checked;
      for (const warning of warnings) process.stderr.write(`${warning}\n`);
      await runToEnd(async (signal, progress) => {
        const common = { repository, request, signal, progress, verbose: options.verbose ?? false };
        if (rehearse) {
          const { rehearseStateHome } = await import("../state/rehearse");
          const root = mkdtempSync(join(tmpdir(), "holdfast-state-"));
          try {
            return await rehearseStateHome({ ...common, root });
          } finally {
            rmSync(root, { recursive: true, force: true });
          }
        }
        const { stateHomeFolder } = await import("../state/places");
        const { makeStateHome } = await import("../state/state-home");
        const agree = options.yes === true ? shown : (changes: readonly string[]) => ask(changes, signal);
        return makeStateHome({ ...common, root: stateHomeFolder(request), agree });
      });
    });

const surroundings = () => ({
  terminal: process.stdin.isTTY && process.stderr.isTTY,
  // Whether they are there is all that is looked at here: the engine reads them.
  passphrase: ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].some(
    (name) => (process.env[name] ?? "") !== "",
  ),
});

const show = (changes: readonly string[]): void => void process.stderr.write(`\n  ${changes.join("\n  ")}\n\n`);

const shown = async (changes: readonly string[]): Promise<boolean> => {
  show(changes);
  return Promise.resolve(true);
};

/** Anything but yes is no. */
const ask = async (changes: readonly string[], signal: AbortSignal): Promise<boolean> => {
  show(changes);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question("Make these changes? [y/N] ", { signal })).trim());
  } finally {
    lines.close();
  }
};
