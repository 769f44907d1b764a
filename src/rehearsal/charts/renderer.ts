import { join } from "node:path";
import type { Chart } from "../../../components/charts";
import type { TemplateOptions } from "../../../components/charts/template-call";
import type { Progress } from "../progress";
import { cacheDir, ensureTools } from "../tools";
import { archiveName, chartArchive, ChartUnavailable } from "./archive";
import { definitionsOf } from "./definitions";
import { template } from "./template";

/** A chart whose objects a rehearsal went without. */
export interface MissingChart {
  readonly name: string;
  readonly version: string;
  readonly reason: string;
  /** Where its archive may be put by hand. */
  readonly archive: string;
}

/** Renders charts with Helm, which is built at the first one. What was rendered or couldn't be had isn't tried again. */
export class ChartRenderer {
  readonly #rendered = new Map<string, Promise<readonly unknown[]>>();
  readonly #archives = new Map<string, Promise<string | undefined>>();
  readonly #missing = new Map<string, MissingChart>();
  #helm: Promise<string> | undefined;

  public constructor(
    private readonly progress: Progress,
    private readonly folder: string = join(cacheDir(), "charts"),
  ) {}

  /** In the order in which they were asked for. */
  public get missing(): readonly MissingChart[] {
    return [...this.#missing.values()];
  }

  /**
   * The chart's objects; of one that can't be had the definitions of its custom resources alone.
   * @throws Error with what Helm said, where the chart doesn't take the values
   */
  public render(options: TemplateOptions): Promise<readonly unknown[]> {
    const key = JSON.stringify(options);
    const rendered = this.#rendered.get(key) ?? this.#render(options);
    this.#rendered.set(key, rendered);
    return rendered;
  }

  async #render(options: TemplateOptions): Promise<readonly unknown[]> {
    const chart = chartOf(options);
    const helm = await (this.#helm ??= ensureTools(["helm"], this.progress).then((tools) => tools.helm));
    const archive = await this.#archive(chart, helm);
    return archive === undefined ? definitionsOf(chart.name) : template(helm, archive, options);
  }

  #archive(chart: Chart, helm: string): Promise<string | undefined> {
    const key = `${chart.repository} ${archiveName(chart)}`;
    const archive = this.#archives.get(key) ?? this.#fetch(key, chart, helm);
    this.#archives.set(key, archive);
    return archive;
  }

  async #fetch(key: string, chart: Chart, helm: string): Promise<string | undefined> {
    try {
      return await chartArchive(chart, { folder: this.folder, helm });
    } catch (error) {
      if (!(error instanceof ChartUnavailable)) throw error;
      const { name, version } = chart;
      const archive = join(this.folder, archiveName(chart));
      this.#missing.set(key, { name, version, reason: error.message, archive });
      return undefined;
    }
  }
}

const chartOf = ({ chart, fetch_opts, version }: TemplateOptions): Chart => {
  const slash = chart.lastIndexOf("/");
  return {
    name: chart.slice(slash + 1),
    repository: fetch_opts?.repo ?? chart.slice(0, slash),
    version,
  };
};
