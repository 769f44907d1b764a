import type { Chart } from "./chart";

/** Every chart that the platform installs. */
export const charts = {
  /** @see https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/ */
  karpenter: { name: "karpenter", repository: "oci://public.ecr.aws/karpenter", version: "1.15.1" },
  /** Karpenter's definitions, apart so that an upgrade brings them up to date: Helm never changes a chart's crds/. */
  "karpenter-crd": { name: "karpenter-crd", repository: "oci://public.ecr.aws/karpenter", version: "1.15.1" },
} as const satisfies Readonly<Record<string, Chart>>;

export type ChartName = keyof typeof charts;
