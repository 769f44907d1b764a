import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { appendLine } from "./append-line";
import type { Approval } from "./approvals";
import { required } from "./arguments";
import { auditEntry } from "./audit-entry";
import { runMain } from "./run-main";

// audit --approvals FILE --remote URL --branch NAME; the deployment in the environment, as deploy-stack.yml sets it
// Appends the deployment to the audit log, and prints its line.
runMain(async () => {
  const { values } = parseArgs({
    options: { approvals: { type: "string" }, remote: { type: "string" }, branch: { type: "string" } },
  });
  const approvals = JSON.parse(readFileSync(required(values, "approvals"), "utf8")) as readonly Approval[];
  const entry = auditEntry(process.env, approvals, new Date());
  const line = JSON.stringify(entry);
  await appendLine(
    { remote: required(values, "remote"), branch: required(values, "branch"), file: "deployments.jsonl" },
    line,
    `${entry.stack}: ${entry.result}, ${entry.commit.slice(0, 10)}`,
  );
  console.log(line);
});
