export { charts, type ChartName } from "./catalogue";
export type { Chart } from "./chart";
export { HelmChart, type HelmChartArgs } from "./helm-chart";
