import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { required } from "./arguments";
import { runMain } from "./run-main";
import { clusterView, kubeconfigIn, smokeTest } from "./smoke-test";

// smoke --environment NAME [--timeout-minutes N]; the output of `pulumi stack output --json --show-secrets` on standard input
// Exit code 1, with each deployment that is not available and why, unless the cluster answers and all are. The kubeconfig
// stays in memory.
runMain(async () => {
  const { values } = parseArgs({
    options: { environment: { type: "string" }, "timeout-minutes": { type: "string", default: "10" } },
  });
  const minutes = Number(values["timeout-minutes"]);
  if (!(minutes >= 0)) {
    throw new Error(`--timeout-minutes: found ${values["timeout-minutes"]}, wanted a number that is 0 or more.`);
  }
  const cluster = clusterView(kubeconfigIn(outputsFrom(readFileSync(0, "utf8"))), required(values, "environment"));
  const deadline = Date.now() + minutes * 60_000;
  const result = await smokeTest(cluster, async () => {
    if (Date.now() >= deadline) return false;
    await setTimeout(5_000);
    return true;
  });
  for (const line of result.lines) console.log(line);
  process.exitCode = result.passed ? 0 : 1;
});

/** The parser's own error would quote the text, and with it the kubeconfig. */
const outputsFrom = (json: string): unknown => {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new Error("standard input: found no JSON, wanted the output of: pulumi stack output --json --show-secrets");
  }
};
