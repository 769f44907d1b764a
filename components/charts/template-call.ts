import type { Chart } from "./chart";

/** The Kubernetes provider's function that renders a chart; what the SDK's own Chart of v3 calls too. */
export const templateFunction = "kubernetes:helm:template";

/**
 * The kubeconfig of the provider that renders: it names no cluster. With one whose cluster is only made in the same
 * update, the engine would skip the call at the first preview, and no policy would see the objects. With none at all the
 * provider would ask whatever cluster the shell points at what it can do.
 *
 * The provider takes such a cluster for unreachable without trying to reach it (Configure in its provider.go), and still
 * renders: its `kubernetes:helm:template` asks a cluster only where there is one.
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/provider.go
 */
export const noCluster = JSON.stringify({ apiVersion: "v1", kind: "Config" });

/** What to render. */
export interface Rendering {
  readonly chart: Chart;
  readonly namespace: string;
  /** `.Release.Name` in its templates. */
  readonly releaseName: string;
  /** `.Capabilities.KubeVersion` in its templates. */
  readonly kubernetesVersion: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The function's one argument, a JSON text.
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/invoke_helm_template.go (HelmChartOpts)
 */
export const templateOptions = ({ chart, namespace, releaseName, kubernetesVersion, values }: Rendering): string => {
  const { name, repository, version, skipCrds = false } = chart;
  const isOci = repository.startsWith("oci://");
  return JSON.stringify({
    chart: isOci ? `${repository.replace(/\/$/, "")}/${name}` : name,
    ...(isOci ? {} : { fetch_opts: { repo: repository } }),
    version,
    namespace,
    release_name: releaseName,
    kube_version: kubernetesVersion,
    skip_crd_rendering: skipCrds,
    values,
  } satisfies TemplateOptions);
};

/** As the provider reads them. */
export interface TemplateOptions {
  /** With `oci://` its whole address, else its name in `fetch_opts.repo`. */
  readonly chart: string;
  readonly fetch_opts?: { readonly repo: string };
  readonly version: string;
  readonly namespace: string;
  readonly release_name: string;
  readonly kube_version: string;
  readonly skip_crd_rendering: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}
