import { table } from "../../src/report/table";
import { preview, seconds, type Bench, type Section } from "../bench";
import { peakMebibytes, type PeakMemory } from "../processes";
import { growthExponent, median } from "../statistics";
import { verdict } from "../targets";

/** How the preview of a new stack grows with the platform. */
export const growth: Section = {
  name: "growth",
  title: "Growth: the first preview of a stack, without a policy pack",
  async measure(bench) {
    const sizes = [];
    // Large ones are long, so that little disturbs them.
    for (const [services, runs] of [
      [10, bench.runs],
      [100, bench.runs],
      [1000, 1],
    ] as const) {
      sizes.push(await size(bench, services, runs));
    }
    const [, small, large] = sizes as [Size, Size, Size];
    const exponent = growthExponent(
      { size: small.resources, cost: small.seconds },
      { size: large.resources, cost: large.seconds },
    );
    const target = { name: "growth exponent between 100 and 1,000 services", limit: 1.1, found: exponent };
    const rows = sizes.map(({ services, resources, seconds: time, memory }) => [
      services.toLocaleString("en"),
      resources.toLocaleString("en"),
      time.toFixed(1),
      ((time / resources) * 1000).toFixed(2),
      ...processes.map((role) => peakMebibytes(memory, role)),
    ]);
    return {
      text: `${table(["services", "resources", "seconds", "ms a resource", ...processes.map((role) => `${role}, MiB`)], rows)}\n  Exponent: ${verdict(target)}`,
      targets: [target],
    };
  },
};

const processes = ["node", "engine"] as const;

interface Size {
  readonly services: number;
  readonly resources: number;
  readonly seconds: number;
  readonly memory: readonly PeakMemory[];
}

const size = async (bench: Bench, services: number, runs: number): Promise<Size> => {
  const found = [];
  for (let run = 0; run < runs; run++) {
    found.push(await preview(bench, { program: "platform", count: services, pack: "none", cluster: "new" }));
  }
  const [first] = found;
  return {
    services,
    resources: first?.result.resources ?? 0,
    seconds: median(seconds(found)),
    memory: found.map(({ memory }) => memory),
  };
};
