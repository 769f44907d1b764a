import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { noCluster, templateFunction, templateOptions, type Rendering } from "./template-call";

/**
 * The objects of a chart, rendered by Helm inside the Kubernetes provider, at preview as well.
 * @throws Error naming the chart, where it comes from, and what to do
 */
export const renderChart = async (rendering: Rendering): Promise<readonly unknown[]> => {
  try {
    const args = { jsonOpts: templateOptions(rendering) };
    const answer: unknown = await pulumi.runtime.invoke(templateFunction, args, { provider: renderer() });
    return (answer as { readonly result: readonly unknown[] }).result;
  } catch (error) {
    throw new Error(renderFailure(rendering, error instanceof Error ? error.message : String(error)));
  }
};

/** Registered, because a program may load this module twice, by `import` and by `require`, and has one such provider still. */
const registered = Symbol.for("holdfast:charts:renderers");

/** One for all charts of a program, for each provider is a process. Weak, so that a program's end is its provider's. */
const shared = globalThis as { [registered]?: WeakMap<object, k8s.Provider> | undefined };
const renderers = (shared[registered] ??= new WeakMap());

/** Components made without a program, as unit tests make them. */
const noProgram = {};

const renderer = (): k8s.Provider => {
  const program = pulumi.runtime.getStackResource() ?? noProgram;
  const made = renderers.get(program) ?? new k8s.Provider("chart-renderer", { kubeconfig: noCluster });
  renderers.set(program, made);
  return made;
};

/** What the user is told, from what the provider said. */
export const renderFailure = ({ chart, values }: Rendering, said: string): string => {
  const { name, version, repository } = chart;
  const reason = said.trim().replaceAll("\n", "\n    ");
  // Words of the provider's fetch and of its render, in invoke_helm_template.go.
  if (said.includes("failed to pull chart")) {
    return [
      `The chart ${name} ${version} cannot be fetched from ${repository}:`,
      `    ${reason}`,
      "  Charts are rendered at preview, so that policies see their objects: the machine that previews has to reach that",
      "  address (through HTTPS_PROXY where there is a proxy), and to be logged in with `helm registry login` where it is",
      "  private. `npm start` rehearses the platform without it.",
    ].join("\n");
  }
  return [
    `The chart ${name} ${version} (${repository}) cannot be rendered:`,
    `    ${reason}`,
    `  It was given values for ${Object.keys(values).join(", ") || "nothing"}. Compare them with those that this version`,
    `  of the chart takes: helm show values ${templateAddress(chart)} --version ${version}`,
  ].join("\n");
};

const templateAddress = ({ name, repository }: Rendering["chart"]): string =>
  repository.startsWith("oci://") ? `${repository}/${name}` : `${name} --repo ${repository}`;
