import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Command } from "commander";
import { readKubeconfig } from "../config/kubeconfig";
import { formatReport } from "../config/mistake";
import { parseStackFile } from "../config/stack-file";
import { UserError } from "../rehearsal/user-error";
import { repository } from "./repository";
import { runToEnd } from "./run-to-end";

interface PreflightOptions {
  readonly stack: string;
  readonly kubeconfig?: string;
}

/** `npm run preflight`: whether a cluster that is there already has all that a stack needs; `pulumi up` looks too. */
export const preflightCommand = (): Command =>
  new Command("preflight")
    .description("look whether the cluster of a stack on existing has all that the stack needs; change nothing")
    .requiredOption("--stack <name>", "the stack file whose cluster to look at")
    .option("--kubeconfig <path>", "look with this kubeconfig (default: the stack's own, which Pulumi decrypts)")
    .action(async (options: PreflightOptions) => {
      await runToEnd(() => look(options));
    });

const look = async ({ stack, kubeconfig: path }: PreflightOptions) => {
  const file = `Pulumi.${stack}.yaml`;
  const parsed = parseStackFile(join(repository, file));
  if (!parsed.ok) throw new UserError(parsed.report);
  const { config } = parsed;
  if (config.cloud !== "existing") {
    const help = `Its cluster is made on ${config.cloud}, as it should be. Only stacks on existing have a preflight.`;
    throw new UserError(formatReport(file, [{ path: "holdfast:cloud", found: config.cloud, help }]));
  }
  const text = path === undefined ? await decrypted(stack) : await textOf(path);
  const read = readKubeconfig(text, config.cluster.context);
  if (!read.ok) throw new UserError(formatReport(path ?? file, [read.mistake]));
  const { preflight, preflightTable, withVerdict } = await import("../preflight");
  const result = await preflight(config, read.kubeconfig);
  return { text: preflightTable(stack, result), ok: withVerdict(result, "missing").length === 0 };
};

const textOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new UserError(`--kubeconfig ${path}: it cannot be read. Name a file.`);
  }
};

/** Only Pulumi can, with the stack's own secrets provider. What it says is shown; the kubeconfig never is. */
const decrypted = async (stack: string): Promise<string> => {
  try {
    const args = ["config", "get", "holdfast:kubeconfig", "--stack", stack];
    return (await promisify(execFile)("pulumi", args, { cwd: repository })).stdout;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    // What can't be started says nothing itself.
    const reason = said === "" ? "pulumi is not on the PATH, or can't be run" : said;
    throw new UserError(
      `Pulumi does not give the kubeconfig of ${stack}: ${reason}\nLog in first, or look with a file: --kubeconfig <path>`,
    );
  }
};
