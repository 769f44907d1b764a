export { ChartRenderer, type MissingChart } from "./renderer";
