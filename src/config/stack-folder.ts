import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Mistake } from "./mistake";
import { overlappingNetworks } from "./resolve-network";
import { parseStackFile } from "./stack-file";

/** The stacks that have a file in a folder, by name. */
export function stacksIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1])
    .filter((stack) => stack !== undefined)
    .sort();
}

/**
 * What only the stack files of a folder together show, by stack: networks that meet. Files with mistakes of their own are
 * passed over, since those are said where that file is checked.
 */
export function mistakesBetween(folder: string): ReadonlyMap<string, readonly Mistake[]> {
  const sound = stacksIn(folder).flatMap((stack) => {
    const parsed = parseStackFile(join(folder, `Pulumi.${stack}.yaml`));
    return parsed.ok ? [{ stack, file: `Pulumi.${stack}.yaml`, config: parsed.config }] : [];
  });
  const byFile = overlappingNetworks(sound);
  return new Map(sound.map(({ stack, file }) => [stack, byFile.get(file) ?? []]));
}
