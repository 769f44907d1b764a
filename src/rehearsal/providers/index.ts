export type { CallRecord } from "./calls";
export type { FaultPlan, FaultRule, FaultyCall } from "./faults";
export { customResourceDefinitions } from "./kubernetes/custom-resources";
export { SimulatedClusterHost } from "./kubernetes/simulated";
export { packages, startProviders, type PackageName, type ProviderServer, type ProvidersArgs } from "./server";
