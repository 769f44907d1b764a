export type { ControlPlaneBinaries } from "./components";
export { startControlPlane, type ControlPlane, type ControlPlaneOptions } from "./start";
export { ControlPlaneStartError } from "./start-error";
export { removeControlPlane, stopControlPlane } from "./stop";
