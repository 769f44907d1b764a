import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { stringify } from "yaml";

import { formatReport, suggest, type Mistake } from "../config/mistake";
import { parseStackFile, type StackFile } from "../config/stack-file";
import { mistakesBetween, stacksIn } from "../config/stack-folder";
import { repository } from "./repository";

interface ConfigOptions {
  readonly stack?: string;
  readonly file?: string;
  readonly print?: true;
}

/** `npm run config`: checks stack files alone, without Pulumi, a cloud or a passphrase. */
export function configCommand(): Command {
  return new Command("config")
    .description("check a stack file, every mistake at once")
    .option("--stack <name>", "the stack whose file to check (default: every stack)")
    .option("--file <path>", "check this file instead; named Pulumi.<stack>.yaml, or with --stack")
    .option("--print", "print the resolved configuration as YAML, secrets hidden")
    .action((options: ConfigOptions) => {
      const sound = options.file === undefined ? checkStacks(options) : show(options.file, options);
      if (!sound) process.exitCode = 1;
    });
}

function checkStacks(options: ConfigOptions): boolean {
  const stacks = stacksIn(repository);
  const between = mistakesBetween(repository);
  const wanted = options.stack === undefined ? stacks : [options.stack];
  return wanted
    .map((stack) => show(stackFile(stack), { ...options, stack }, stacks, between.get(stack)))
    .every(Boolean);
}

function show(
  path: string,
  options: ConfigOptions,
  stacks: readonly string[] = [],
  between: readonly Mistake[] = [],
): boolean {
  if (options.stack !== undefined && options.file === undefined && !existsSync(join(repository, path))) {
    process.stderr.write(
      formatReport(path, [{ path: "--stack", found: "no such stack", help: suggest(options.stack, stacks) }]),
    );
    return false;
  }
  const parsed = parseStackFile(
    options.file === undefined ? join(repository, path) : path,
    options.stack === undefined ? {} : { stack: options.stack },
  );
  const mistakes = parsed.ok ? between : parsed.mistakes;
  if (!parsed.ok || mistakes.length > 0) {
    process.stderr.write(formatReport(path, mistakes));
    return false;
  }
  if (parsed.warnings.length > 0) process.stderr.write(formatReport(path, parsed.warnings, "warning"));
  process.stdout.write(options.print === true ? printable(parsed) : `${path}: no mistakes\n`);
  return true;
}

/** The resolved configuration; of secrets only that they are there. */
function printable({ config, secretNames }: Extract<StackFile, { ok: true }>): string {
  const secrets = Object.entries(secretNames).map(([app, files]) => [
    app,
    Object.fromEntries(files.map((file) => [file, "[secret]"])),
  ]);
  return stringify({ ...config, secrets: Object.fromEntries(secrets) as unknown }, { aliasDuplicateObjects: false });
}

function stackFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}
