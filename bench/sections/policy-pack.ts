import { table } from "../../src/report/table";
import { cpuRatio, inTurns, preview, seconds, type Section } from "../bench";
import type { PreviewTask } from "../children/preview";
import { peakMebibytes, roles, type PeakMemory } from "../processes";
import { median, pairedRatio } from "../statistics";
import { verdict } from "../targets";

const services = 100;

/** What our rules cost beyond what any pack costs by being there, and how much memory a preview needs. */
export const policyPack: Section = {
  name: "policy-pack",
  title: `Our policy pack ÷ a pack of one empty policy: first preview, ${services} services`,
  async measure(bench) {
    const previewed = (pack: PreviewTask["pack"]) => () =>
      preview(bench, { program: "platform", count: services, pack, cluster: "new" });
    const found = await inTurns(bench.runs, {
      ours: previewed("ours"),
      empty: previewed("empty"),
      none: previewed("none"),
    });
    const [ours, empty, none] = [seconds(found.ours), seconds(found.empty), seconds(found.none)];
    const target = { name: "our pack ÷ an empty pack", limit: 1.15, found: pairedRatio(ours, empty) };
    const row = (name: string, times: readonly number[], memory: readonly PeakMemory[], ...ratios: string[]) => [
      name,
      median(times).toFixed(1),
      ...roles.map((role) => peakMebibytes(memory, role)),
      ...ratios,
    ];
    const memory = (runs: typeof found.ours) => runs.map((run) => run.memory);
    const rows = [
      row("ours", ours, memory(found.ours), "1", "1"),
      row("empty", empty, memory(found.empty), verdict(target), cpuRatio(found.ours, found.empty)),
      row("none", none, memory(found.none), pairedRatio(ours, none).toFixed(2), cpuRatio(found.ours, found.none)),
    ];
    return {
      text: table(["pack", "seconds", ...roles.map((role) => `${role}, MiB`), "ours ÷ it", "by CPU"], rows),
      targets: [target],
    };
  },
};
