export type { ControlPlaneBinaries } from "./components";
export { installDefinitions } from "./definitions";
export * from "./placement";
export { RealClusterHost, type RealClusterHostOptions } from "./real-cluster-host";
export { startControlPlane, type ControlPlane, type ControlPlaneOptions } from "./start";
export { ControlPlaneStartError } from "./start-error";
export { removeControlPlane, stopClusters, stopControlPlane } from "./stop";
