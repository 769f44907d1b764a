import type { Chart } from "./chart";

/** Every chart that the platform installs. */
export const charts = {
  /** @see https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/ */
  karpenter: {
    name: "karpenter",
    repository: "oci://public.ecr.aws/karpenter",
    version: "1.15.1",
    // They are in karpenter-crd, and one cluster can't have the same object made twice.
    skipCrds: true,
  },
  /** Karpenter's definitions, apart so that an upgrade brings them up to date: Helm never changes a chart's crds/. */
  "karpenter-crd": { name: "karpenter-crd", repository: "oci://public.ecr.aws/karpenter", version: "1.15.1" },
  /** @see https://backube.github.io/snapscheduler/install.html */
  snapscheduler: {
    name: "snapscheduler",
    repository: "https://backube.github.io/helm-charts",
    version: "3.5.0",
  },
} as const satisfies Readonly<Record<string, Chart>>;

export type ChartName = keyof typeof charts;
