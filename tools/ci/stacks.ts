import { readdirSync } from "node:fs";

/** The order in which a change reaches the stacks; any other stack comes after these. */
const promotion = ["development", "staging", "production"];

/** The stacks that have a stack file, in the order of promotion. */
export const stacksIn = (repository: string): readonly string[] => {
  const rank = (stack: string): number => {
    const index = promotion.indexOf(stack);
    return index === -1 ? promotion.length : index;
  };
  return readdirSync(repository)
    .flatMap((file) => /^Pulumi\.([A-Za-z0-9_-]+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
};
