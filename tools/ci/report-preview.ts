import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { renderSummary } from "./comment";
import { required } from "./arguments";
import { parseEvents, previewReport } from "./preview-report";
import { runMain } from "./run-main";

// report-preview --stack S --outcome success|failure --output FILE --events FILE --to FILE
// Writes the report that the comment is made from, and prints the job's summary.
runMain(() => {
  const { values } = parseArgs({
    options: {
      stack: { type: "string" },
      outcome: { type: "string" },
      output: { type: "string" },
      events: { type: "string" },
      to: { type: "string" },
    },
  });
  // A preview that fails before its engine starts, at the log-in for example, leaves no events.
  const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const report = previewReport(
    {
      stack: required(values, "stack"),
      succeeded: required(values, "outcome") === "success",
      output: readIfThere(required(values, "output")),
    },
    parseEvents(readIfThere(required(values, "events"))),
  );
  writeFileSync(required(values, "to"), JSON.stringify(report));
  console.log(renderSummary(report));
});
