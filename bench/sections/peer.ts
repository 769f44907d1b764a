import { table } from "../../src/report/table";
import { inTurns, preview, seconds, type Section } from "../bench";
import type { ManifestsResult, ManifestsTask } from "../children/manifests";
import { freshRun } from "../fresh-process";
import { median, pairedRatio } from "../statistics";

/** Beyond this the preview is measured by `growth`, and takes a minute. */
const previewedSize = 100;

/** The same services as manifests: what the shape of the program costs, apart from the engine. */
export const peer: Section = {
  name: "peer",
  title: "The same services as YAML manifests, beside cdk8s-plus",
  async measure(bench) {
    const rows = [];
    // Large ones are long, so that little disturbs them.
    for (const [count, runs] of [
      [100, bench.runs],
      [1000, 1],
    ] as const) {
      const written = (by: ManifestsTask["by"]) => () => {
        bench.progress.update(`${by}, ${count} services`);
        const task = { by, count } satisfies ManifestsTask;
        return freshRun<ManifestsResult>({ child: "manifests", task, signal: bench.signal });
      };
      const found = await inTurns(runs, { ours: written("holdfast"), peer: written("cdk8s-plus") });
      const [ours, theirs] = [seconds(found.ours), seconds(found.peer)];
      const objects = [found.ours, found.peer].map(([first]) => first?.result.objects.toLocaleString("en"));
      rows.push([
        count.toLocaleString("en"),
        objects.join(" / "),
        median(ours).toFixed(2),
        median(theirs).toFixed(2),
        pairedRatio(ours, theirs).toFixed(2),
      ]);
    }
    const whole = await preview(bench, { program: "platform", count: previewedSize, pack: "none", cluster: "new" });
    return { text: [table(head, rows), explanation(whole.result.seconds)].join("\n"), targets: [] };
  },
};

const head = ["services", "objects, ours / theirs", "ours, s", "cdk8s-plus, s", "ours ÷ theirs"];

const explanation = (wholePreview: number): string =>
  [
    "Both without loading their libraries. Ours: components, outputs, serialization of each resource as for the engine and",
    "its dependencies, answered by a mock, then YAML; nothing of that is a preview, which cdk8s-plus has not: the whole",
    `preview of ${previewedSize} services, engine and all, takes ${wholePreview.toFixed(1)} s.`,
  ]
    .map((line) => `  ${line}`)
    .join("\n");
