import Table from "cli-table3";
import { isComplete, type PlacementReport, type Use } from "./report";

/** The report as tables for a terminal. A quota's line is shown where any of it is used. */
export const renderPlacement = (report: PlacementReport): string => {
  const failed = report.unplaced.length + report.missing.reduce((sum, { count }) => sum + count, 0);
  return [
    nodeTable(report),
    quotaTable(report),
    ...(report.unplaced.length > 0 ? [unplacedTable(report)] : []),
    ...(report.missing.length > 0 ? [missingTable(report)] : []),
    isComplete(report) ? `Every pod runs: ${report.placed}.` : `${report.placed} pods run, ${failed} do not.`,
  ].join("\n\n");
};

const nodeTable = ({ nodes }: PlacementReport): string =>
  table(
    ["node", "environment", "pool", "zone", "cpu", "memory", "GPUs", "pods"],
    nodes.map((node) => [
      node.added ? `${node.name} (autoscaler)` : node.name,
      node.environment,
      node.pool,
      node.zone,
      ofTotal(node.cpu, (cores) => decimal(cores)),
      ofTotal(node.memory, (bytes) => `${decimal(bytes / 2 ** 30)} GiB`),
      node.gpus.allocatable === 0 ? "" : `${node.gpus.requested} of ${node.gpus.allocatable}`,
      `${node.pods.requested} of ${node.pods.allocatable}`,
    ]),
  );

const quotaTable = ({ quotas }: PlacementReport): string =>
  table(
    ["namespace", "resource", "used", "quota", ""],
    quotas
      .filter(({ share }) => share > 0)
      .map(({ namespace, resource, used, hard, share }) => [namespace, resource, used, hard, percent(share)]),
  );

const unplacedTable = ({ unplaced }: PlacementReport): string =>
  table(
    ["pod that does not run", "phase", "why"],
    unplaced.map(({ namespace, name, phase, reason }) => [`${namespace}/${name}`, phase, reason]),
    [45, 12, 80],
  );

const missingTable = ({ missing }: PlacementReport): string =>
  table(
    ["pods that do not exist", "how many", "why"],
    missing.map(({ namespace, workload, count, reason }) => [`${namespace} ${workload}`, String(count), reason]),
    [45, 12, 80],
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[], widths?: readonly number[]): string => {
  const style = { head: [], border: [], compact: true };
  const fixed = widths === undefined ? {} : { colWidths: [...widths], wordWrap: true, wrapOnWordBoundary: true };
  const drawn = new Table({ head: [...head], style, ...fixed });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
};

const ofTotal = ({ requested, allocatable }: Use, unit: (value: number) => string): string =>
  `${unit(requested)} of ${unit(allocatable)} (${percent(allocatable === 0 ? 0 : requested / allocatable)})`;

const decimal = (value: number): string => String(Math.round(value * 10) / 10);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
