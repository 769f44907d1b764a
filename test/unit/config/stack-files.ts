import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

import type { CloudStackConfig } from "../../../src/config/stack-config";
import { parseStackFile, type StackFile } from "../../../src/config/stack-file";

export const repository = join(__dirname, "../../..");
export const stacks = ["development", "staging", "production"] as const;
export type Stack = (typeof stacks)[number];

/** A stack file as plain data, to be broken. */
export interface Draft {
  config: Record<string, unknown>;
  [key: string]: unknown;
}

export function shippedText(stack: Stack): string {
  return readFileSync(join(repository, `Pulumi.${stack}.yaml`), "utf8");
}

export function shipped(stack: Stack): Draft {
  return parse(shippedText(stack)) as Draft;
}

/** Writes a stack file, reads it as an operator's, and removes it again. */
export function read(content: Draft | string | Uint8Array, stack: string = "production"): StackFile {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-config-"));
  try {
    const path = join(folder, `Pulumi.${stack}.yaml`);
    writeFileSync(path, typeof content === "string" || content instanceof Uint8Array ? content : stringify(content));
    return parseStackFile(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Sets a value deep in a draft, making the maps on the way; undefined removes it. */
export function set(draft: Draft, path: readonly (string | number)[], value: unknown): void {
  let at: Record<string | number, unknown> = draft;
  for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Record<string | number, unknown>;
  const last = path.at(-1) ?? "";
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
}

/** The mistakes' paths; none where the file is sound. */
export function paths(file: StackFile): string[] {
  return file.ok ? [] : file.mistakes.map(({ path }) => path);
}

/** What a sound file of a stack on a cloud says. */
export function onCloud(file: StackFile): CloudStackConfig {
  if (!file.ok) throw new Error(file.report);
  if (file.config.cloud === "existing") throw new Error("it is on no cloud");
  return file.config;
}
