import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Places } from "./places";

/** Where the file backend keeps a stack's state. */
export const stateFile = (places: Places, project: string, stack: string): string =>
  join(places.state, ".pulumi", "stacks", project, `${stack}.json`);

/**
 * Puts back a state file that a killed engine left half written. The file backend writes over the file in place, after it
 * has copied the state before to `.bak`. That one is never too old: a creation is written down before it begins, so what
 * the lost write would have said is at most that a creation noted as under way had ended.
 */
export const restoreTornState = (file: string): void => {
  if (existsSync(file) && !isWhole(file) && existsSync(`${file}.bak`)) copyFileSync(`${file}.bak`, file);
};

const isWhole = (file: string): boolean => {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
};
