import { readFileSync } from "node:fs";
import { deployedCommit, versionOf, type HistoryEntry } from "./history";
import { runMain } from "./run-main";

// stack-history commit | stack-history version MESSAGE; the output of `pulumi stack history --json` on standard input
// Prints the commit that is deployed, or the number of the update with this message; an empty line where there is none.
runMain(() => {
  const [wanted, message] = process.argv.slice(2);
  const history = JSON.parse(readFileSync(0, "utf8")) as readonly HistoryEntry[];
  if (wanted === "commit") console.log(deployedCommit(history) ?? "");
  else if (wanted === "version" && message !== undefined) console.log(versionOf(history, message) ?? "");
  else throw new Error(`found "${wanted ?? ""}", wanted commit, or version and a message.`);
});
