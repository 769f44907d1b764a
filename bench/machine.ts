import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import type { ResolvedTool } from "../src/rehearsal/tools";

/** What the figures were measured on. The load tells whether the machine had anything else to do. */
export const describeMachine = (pulumi: ResolvedTool): string => {
  const cores = cpus();
  const version = execFileSync(pulumi.path, ["version"], { encoding: "utf8" }).trim();
  const [load = 0] = loadavg();
  const described = [
    `${cores.length} cores (${cores[0]?.model.trim() ?? "unknown"})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.version}`,
    `Pulumi ${version}`,
    `load ${load.toFixed(1)} before the first run`,
  ].join(", ");
  return load > cores.length / 2 ? `${described}\n${busy}` : described;
};

const busy = "It has other work to do: what is measured by the clock says little, and ratios by CPU hold.";
