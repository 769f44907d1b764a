import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Chart } from "../../../components/charts";
import { runCommand } from "./command";
import { moduleFolder } from "./go-module";
import { moduleSourceOf } from "./sources";

/** A chart's archive can't be had here; the message says from where it was tried and why that failed. */
export class ChartUnavailable extends Error {}

export interface ArchiveOptions {
  /** Where archives are kept, for people to put some there too. */
  readonly folder: string;
  /** The program. */
  readonly helm: string;
}

/** Milliseconds: a chart is some 100 kB, and who is without a way to its address should learn so soon. */
const pullWithin = 20_000;

/** What people are told to call an archive; what `helm pull` and `helm package` call it too. */
export const archiveName = ({ name, version }: Chart): string => `${name}-${version}.tgz`;

/**
 * The chart's archive: the one in the folder, else pulled from the chart's own address, else packed from the Go module that
 * has it; the latter two are then in the folder.
 * @throws ChartUnavailable
 */
export const chartArchive = async (chart: Chart, { folder, helm }: ArchiveOptions): Promise<string> => {
  const path = join(folder, archiveName(chart));
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  // In the same folder, so that the archive appears whole, however many runs fetch it at once.
  const draft = await mkdtemp(join(folder, ".partial-"));
  try {
    const pulled = await pull(chart, helm, draft);
    const packed = pulled === undefined ? undefined : await pack(chart, helm, draft);
    if (pulled !== undefined && packed !== undefined) throw new ChartUnavailable([pulled, packed].join("; "));
    const [archive] = (await readdir(draft)).filter((file) => file.endsWith(".tgz"));
    if (archive === undefined) throw new ChartUnavailable("helm ended well and left no archive");
    await rename(join(draft, archive), path);
    return path;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};

/** Undefined: it is in `into`; else why not. */
const pull = async ({ name, repository, version }: Chart, helm: string, into: string): Promise<string | undefined> => {
  const where = repository.startsWith("oci://") ? [`${repository}/${name}`] : [name, "--repo", repository];
  const args = ["pull", ...where, "--version", version, "--destination", into];
  const { failure } = await runCommand(helm, args, { cwd: into, timeout: pullWithin });
  return failure === undefined ? undefined : `${repository}: ${lastLine(failure)}`;
};

const pack = async (chart: Chart, helm: string, into: string): Promise<string | undefined> => {
  const source = moduleSourceOf(chart);
  if (source === undefined) return "no Go module is known to have it (src/rehearsal/charts/sources.ts)";
  try {
    const folder = join(await moduleFolder(source, into), ...source.folder.split("/"));
    // The folder may still say the release before.
    const versions = ["--version", chart.version, "--app-version", chart.version];
    const args = ["package", folder, ...versions, "--destination", into];
    const { failure } = await runCommand(helm, args, { cwd: into, timeout: pullWithin });
    return failure === undefined ? undefined : `${source.module}: ${lastLine(failure)}`;
  } catch (error) {
    return `Go module ${source.module}: ${error instanceof Error ? lastLine(error.message) : String(error)}`;
  }
};

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
