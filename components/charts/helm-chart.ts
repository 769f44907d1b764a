import * as pulumi from "@pulumi/pulumi";
import type { Chart } from "./chart";
import { chartObjects, waves, type ChartObject, type RenderedObject } from "./objects";
import { renderChart } from "./render";

export interface HelmChartArgs {
  readonly chart: Chart;
  /** Where its objects go; the namespace is made by whoever asks for the chart. */
  readonly namespace: string;
  /** Of the cluster, for example `1.35`: charts ask for it to choose API versions. */
  readonly kubernetesVersion: string;
  /**
   * The release's name, which charts build the names of their objects from.
   * @default the chart's name
   */
  readonly releaseName?: string;
  /** What the chart is told, known before anything is made: a chart is rendered at preview already. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * A chart's objects, rendered by Helm and made one by one, so that policies see each of them at every preview, the first
 * one included, when there is no cluster yet. Definitions come first and webhooks last (see {@link chartObjects}). Unlike
 * a release of Helm's own, definitions are brought up to date with the chart, and removed with it.
 *
 * @example
 * new HelmChart("karpenter", { chart: charts.karpenter, namespace: "kube-system", kubernetesVersion: "1.35", values },
 *   { parent: this, provider: cluster.provider });
 */
export class HelmChart extends pulumi.ComponentResource<pulumi.Resource[]> {
  /** All of the chart's objects, for `dependsOn` of what needs them. */
  public readonly ready: pulumi.Output<pulumi.Resource[]>;

  public constructor(name: string, args: HelmChartArgs, opts: pulumi.ComponentResourceOptions) {
    super("holdfast:charts:HelmChart", name, args, opts);
    this.ready = pulumi.output(this.getData());
  }

  /**
   * Here and not in the constructor, so that who depends on the component waits for children that come later.
   */
  protected override async initialize(
    args: HelmChartArgs,
    opts: pulumi.ComponentResourceOptions,
    name: string,
  ): Promise<pulumi.Resource[]> {
    const { chart, namespace, releaseName = chart.name, kubernetesVersion, values } = args;
    try {
      const rendered = await renderChart({ chart, namespace, releaseName, kubernetesVersion, values });
      return this.make(chartObjects(name, namespace, rendered), opts.dependsOn);
    } catch (error) {
      throw new pulumi.ResourceError(error instanceof Error ? error.message : String(error), this, true);
    }
  }

  /** What the component depends on each object does: Pulumi hands that down to no child. */
  private make(objects: readonly ChartObject[], after: pulumi.ResourceOptions["dependsOn"] = []): pulumi.Resource[] {
    const made: pulumi.Resource[] = [];
    for (const wave of waves) {
      const earlier = [...made];
      const dependsOn = pulumi.output(after).apply((resources) => [resources, earlier].flat());
      const opts = { parent: this, dependsOn };
      made.push(...objects.filter((one) => one.wave === wave).map((one) => objectResource(one, opts)));
    }
    return made;
  }
}

/** What the SDK's class of the kind would register, without loading it; kinds that the SDK lacks go the same way. */
class ObjectResource extends pulumi.CustomResource {}

const objectResource = ({ type, name, object }: ChartObject, opts: pulumi.CustomResourceOptions): ObjectResource =>
  type === "kubernetes:core/v1:Secret"
    ? new ObjectResource(type, name, withSecrets(object), { ...opts, additionalSecretOutputs: [...secretFields] })
    : new ObjectResource(type, name, { ...object }, opts);

const secretFields = ["data", "stringData"] as const;

const withSecrets = (object: RenderedObject & { readonly [field in (typeof secretFields)[number]]?: unknown }) => ({
  ...object,
  ...Object.fromEntries(
    secretFields.filter((field) => object[field] !== undefined).map((field) => [field, pulumi.secret(object[field])]),
  ),
});
