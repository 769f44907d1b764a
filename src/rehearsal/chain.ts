import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseStackFile } from "../config";
import type { StackConfig } from "../config/stack-config";
import { UserError } from "./user-error";

/** A stack, after the one whose cluster it joins. */
export interface StackInOrder {
  readonly stack: string;
  readonly config: StackConfig;
}

/**
 * The stacks to bring up so that this one can be: the owner of the cluster that it joins comes first.
 * @throws UserError with every mistake in a stack file, or the stacks that there are
 */
export const stackChain = (repository: string, stack: string): readonly StackInOrder[] => {
  const path = join(repository, `Pulumi.${stack}.yaml`);
  if (!existsSync(path)) {
    throw new UserError(
      `There is no stack ${stack}: no file ${path}. Stacks here: ${knownStacks(repository).join(", ")}.`,
    );
  }
  const parsed = parseStackFile(path);
  if (!parsed.ok) throw new UserError(parsed.report);
  const { config } = parsed;
  const owner = config.cluster.kind === "joined" ? stackChain(repository, config.cluster.stack) : [];
  return [...owner, { stack, config }];
};

const knownStacks = (repository: string): readonly string[] =>
  readdirSync(repository).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
