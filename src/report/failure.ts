import type { OperationFailed } from "../rehearsal/engine/gate";
import { renderViolations } from "./violations";

/** Why an operation failed: the policies that stopped it, or what the engine and its providers said. */
export const renderFailure = ({ operation, outcome, cause }: OperationFailed): string => {
  const mandatory = outcome.violations.filter(({ level }) => level === "mandatory");
  const parts = [`${operation} failed${operation === "preview" ? ": nothing was created" : ""}.`];
  if (mandatory.length > 0) parts.push(renderViolations(outcome.violations));
  const errors = [...new Set(outcome.errors)];
  if (errors.length > 0) parts.push(errors.map((error) => `  ${error.split("\n").join("\n  ")}`).join("\n"));
  // The engine itself may have failed, before it could report anything.
  if (parts.length === 1) parts.push(cause instanceof Error ? cause.message : String(cause));
  if (operation === "up")
    parts.push("What was made stays: mend the cause and run again, and the update goes on from there.");
  return parts.join("\n\n");
};
