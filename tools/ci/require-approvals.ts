import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { missingApprovals, type Approval } from "./approvals";
import { required } from "./arguments";
import { runMain } from "./run-main";

// require-approvals --approvals FILE --environments "a b" --started-by "login login"
// Exit code 1, with what is missing, unless every environment was approved, each by someone else.
runMain(() => {
  const { values } = parseArgs({
    options: { approvals: { type: "string" }, environments: { type: "string" }, "started-by": { type: "string" } },
  });
  const words = (text: string): readonly string[] => [...new Set(text.split(/\s+/).filter((word) => word !== ""))];
  const missing = missingApprovals(
    JSON.parse(readFileSync(required(values, "approvals"), "utf8")) as readonly Approval[],
    { environments: words(required(values, "environments")), startedBy: words(required(values, "started-by")) },
  );
  for (const reason of missing) console.error(`::error::${reason}`);
  process.exitCode = missing.length > 0 ? 1 : 0;
});
