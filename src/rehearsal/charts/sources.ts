import type { Chart } from "../../../components/charts";

/** A Go module whose repository has the chart's folder: for machines that reach a Go proxy and not the chart's own address. */
export interface ModuleSource {
  readonly module: string;
  /** With its `v`. */
  readonly version: string;
  /** What go.sum has for it: every file in it is checked against this. */
  readonly sum: string;
  /** The chart's folder in it. */
  readonly folder: string;
}

/**
 * The `v1.15.1` tag, whose charts differ from those published as 1.15.1 only in what the release writes into them: the
 * version, and the image's tag and digest, which are still the previous release's in `values.yaml`.
 */
const karpenter = {
  module: "github.com/aws/karpenter-provider-aws",
  version: "v1.15.1",
  sum: "h1:6eH///KgWKDwD2R6wHRnKGN8Vu8OHueaXjNdx64TnuY=",
};

/** By `name version`, so that a chart that is upgraded is not rendered from an older folder. */
const sources: Readonly<Record<string, ModuleSource>> = {
  "karpenter 1.15.1": { ...karpenter, folder: "charts/karpenter" },
  "karpenter-crd 1.15.1": { ...karpenter, folder: "charts/karpenter-crd" },
};

export const moduleSourceOf = ({ name, version }: Chart): ModuleSource | undefined => sources[`${name} ${version}`];
