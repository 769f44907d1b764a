import { existsSync } from "node:fs";
import { join } from "node:path";
import { mistakesBetween, parseStackFile, stacksIn } from "../config";
import { formatReport } from "../config/mistake";
import type { StackConfig } from "../config/stack-config";
import { UserError } from "./user-error";

/** A stack, after the one whose cluster it joins. */
export interface StackInOrder {
  readonly stack: string;
  readonly config: StackConfig;
}

/**
 * The stacks to bring up so that this one can be: the owner of the cluster that it joins comes first.
 * @param joining the stacks that wait for this one
 * @throws UserError with every mistake in a stack file or between it and the others, or the stacks that there are, or why the one joined can't be
 */
export const stackChain = (
  repository: string,
  stack: string,
  joining: readonly string[] = [],
): readonly StackInOrder[] => {
  const path = join(repository, `Pulumi.${stack}.yaml`);
  if (!existsSync(path)) {
    throw new UserError(
      `There is no stack ${stack}: no file ${path}. Stacks here: ${stacksIn(repository).join(", ")}.`,
    );
  }
  const parsed = parseStackFile(path);
  if (!parsed.ok) throw new UserError(parsed.report);
  const between = mistakesBetween(repository).get(stack) ?? [];
  if (between.length > 0) throw new UserError(formatReport(path, between));
  const { config } = parsed;
  if (config.cluster.kind !== "joined") return [{ stack, config }];
  const owner = config.cluster.stack;
  if (joining.includes(owner)) {
    throw new UserError(
      `Pulumi.${stack}.yaml joins ${owner}, which waits for ${stack} itself. One must own a cluster.`,
    );
  }
  const before = stackChain(repository, owner, [...joining, stack]);
  const cluster = before.at(-1)?.config.cluster;
  if (cluster?.kind === "own" && !cluster.members.includes(stack)) {
    throw new UserError(
      `Pulumi.${stack}.yaml joins ${owner}, whose next update would delete ${stack}'s node pools: ` +
        `add ${stack} to holdfast:cluster.members in Pulumi.${owner}.yaml, and bring ${owner} up first.`,
    );
  }
  return [...before, { stack, config }];
};
