import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileOnOtherCloud } from "../config/other-cloud";
import type { StackCloud } from "../config/stack-config";
import { stackChain, type StackInOrder } from "./chain";
import { stackFile } from "./engine/project";

/** The stacks to rehearse, and the folder that their files are read from. */
export interface PreparedStacks {
  readonly chain: readonly StackInOrder[];
  readonly stackFiles: string;
  /** Those that the stacks are on, each once. */
  readonly clouds: readonly StackCloud[];
}

export interface PrepareOptions {
  readonly repository: string;
  readonly stack: string;
  /** In place of the stack files' own cloud. @default the stack files' own */
  readonly cloud?: StackCloud;
  /** Where changed copies of the stack files go; made if it isn't there. */
  readonly folder: string;
}

/**
 * The chain of stacks as it stands in the checkout, or as it would be on another cloud: the whole chain moves together, for a stack
 * that joins another's cluster is on the same cloud.
 */
export const prepareStacks = (options: PrepareOptions): PreparedStacks => {
  const { repository, stack, cloud, folder } = options;
  // As it stands first, so that a mistake in it is reported where the user can mend it.
  const chain = stackChain(repository, stack);
  if (cloud === undefined) return prepared(repository, chain);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // On a cluster that is there already nobody joins another's: the stack stands alone.
  const moved = cloud === "existing" ? chain.slice(-1) : chain;
  for (const { stack: name } of moved) {
    const text = stackFileOnOtherCloud(readFileSync(join(repository, stackFile(name)), "utf8"), cloud);
    writeFileSync(join(folder, stackFile(name)), text, { mode: 0o600 });
  }
  return prepared(folder, stackChain(folder, stack));
};

const prepared = (stackFiles: string, chain: readonly StackInOrder[]): PreparedStacks => ({
  chain,
  stackFiles,
  clouds: [...new Set(chain.map(({ config }) => config.cloud))],
});
