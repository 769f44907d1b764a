import { readFile } from "node:fs/promises";
import { UserError } from "../user-error";
import { logPath } from "./processes";

/** A part of the control plane ended, or did not get ready in time. */
export class ControlPlaneStartError extends UserError {
  override readonly name = "ControlPlaneStartError";

  constructor(
    /** Which part, for example `kube-apiserver`. */
    public readonly component: string,
    message: string,
    /** The end of its log. */
    public readonly log: readonly string[],
  ) {
    super([message, ...log.map((line) => `    ${line}`)].join("\n"));
  }

  /** Another program took the port between our look and the server's bind: worth another try. */
  get portTaken(): boolean {
    return this.log.some((line) => line.includes("address already in use"));
  }
}

/** @param happened for example `ended with code 1` */
export const startError = async (dir: string, component: string, happened: string): Promise<ControlPlaneStartError> => {
  const path = logPath(dir, component);
  const log = await readFile(path, "utf8").catch(() => "");
  const lines = log
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-shownLines);
  const message = `${component} ${happened} while the control plane started. The last of its log (${path}):`;
  return new ControlPlaneStartError(component, message, lines);
};

/** Enough to hold the fatal line and what led to it. */
const shownLines = 15;
