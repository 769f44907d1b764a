import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { required } from "./arguments";
import { renderComment } from "./comment";
import type { PreviewReport } from "./preview-report";
import { runMain } from "./run-main";
import { stacksIn } from "./stacks";

// render-comment --reports DIR --commit SHA --run-url URL
// Prints the comment for a pull request. A stack without a report is in it, as one whose preview failed.
runMain(() => {
  const { values } = parseArgs({
    options: { reports: { type: "string" }, commit: { type: "string" }, "run-url": { type: "string" } },
  });
  const folder = required(values, "reports");
  const reports = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as PreviewReport);
  console.log(
    renderComment(reports, {
      commit: required(values, "commit"),
      runUrl: required(values, "run-url"),
      stacks: stacksIn(dirname(dirname(__dirname))),
    }),
  );
});
