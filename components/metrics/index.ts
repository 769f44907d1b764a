export { ServiceMonitorDefinition, serviceMonitorKind } from "./service-monitor-definition";
