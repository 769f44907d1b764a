import { clouds, type Cloud } from "../../components/shared";
import { environmentTiers } from "../../src/config/stack-config";
import { table } from "../../src/report/table";
import type { Section } from "../bench";
import type { CloudPreviewResult, CloudPreviewTask } from "../children/cloud-preview";
import { freshRun } from "../fresh-process";
import { median } from "../statistics";
import { verdict } from "../targets";

/** What a pull request waits for that is previewed everywhere. */
export const cloudPreviews: Section = {
  name: "cloud-previews",
  title: "Previews with the policy pack, each in a process of its own: every environment on every cloud",
  async measure({ runs, signal, progress }) {
    const measured = async (cloud: Cloud, stack: string): Promise<CloudPreviewResult> => {
      const all: CloudPreviewResult[] = [];
      for (let run = 0; run < runs; run++) {
        progress.update(`${stack} on ${cloud}`);
        const task = { cloud, stack } satisfies CloudPreviewTask;
        all.push((await freshRun<CloudPreviewResult>({ child: "cloud-preview", task, signal })).result);
      }
      const [{ resources } = { resources: 0 }] = all;
      return { seconds: median(all.map(({ seconds }) => seconds)), resources };
    };
    const rows: (readonly string[])[] = [];
    let total = 0;
    for (const stack of environmentTiers) {
      const cells = [stack as string];
      for (const cloud of clouds) {
        const { seconds, resources } = await measured(cloud, stack);
        total += seconds;
        cells.push(`${seconds.toFixed(1)} s, ${resources} resources`);
      }
      rows.push(cells);
    }
    const target = { name: "all previews together, seconds", limit: 60, found: total };
    return {
      text: `${table(["environment", ...clouds], rows)}\n\nTogether ${verdict(target)}`,
      targets: [target],
    };
  },
};
