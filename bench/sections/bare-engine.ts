import { table } from "../../src/report/table";
import { cpuRatio, inTurns, preview, seconds, type Bench, type Section } from "../bench";
import type { PreviewTask } from "../children/preview";
import { median, pairedRatio } from "../statistics";
import { verdict, type Target } from "../targets";

const services = 100;

/** What the platform costs beyond what the engine, the SDK and a provider cost for as many resources. */
export const bareEngine: Section = {
  name: "bare-engine",
  title: `Our preview ÷ that of as many bare ConfigMaps: ${services} services, without a policy pack`,
  async measure(bench) {
    const rows: Row[] = [];
    for (const cluster of ["new", "standing"] as const) rows.push(await compare(bench, cluster));
    return {
      text: table(
        ["cluster", "resources", "ours, s", "bare, s", "ours ÷ bare", "by CPU"],
        rows.map(({ cells }) => cells),
      ),
      targets: rows.map(({ target }) => target),
    };
  },
};

interface Row {
  readonly cells: readonly (string | number)[];
  readonly target: Target;
}

const compare = async (bench: Bench, cluster: PreviewTask["cluster"]): Promise<Row> => {
  const ours = { program: "platform", count: services, pack: "none", cluster } as const;
  // Not timed: it tells how many resources the other side needs, and warms the disk's cache for both.
  const { resources } = (await preview(bench, ours)).result;
  const found = await inTurns(bench.runs, {
    ours: () => preview(bench, ours),
    bare: () => preview(bench, { ...ours, program: "config-maps", count: resources }),
  });
  const [mine, bare] = [seconds(found.ours), seconds(found.bare)];
  const target = { name: `ours ÷ bare, ${cluster} cluster`, limit: 1.5, found: pairedRatio(mine, bare) };
  const described = cluster === "new" ? "new: no provider asked" : "standing: all objects checked";
  const numbers = [median(mine).toFixed(1), median(bare).toFixed(1)];
  return {
    cells: [described, resources.toLocaleString("en"), ...numbers, verdict(target), cpuRatio(found.ours, found.bare)],
    target,
  };
};
