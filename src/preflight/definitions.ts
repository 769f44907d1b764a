import { serviceMonitorKind } from "../../components/metrics/service-monitor-definition";
import type { Definition } from "./facts";

/** The custom resources that a stack uses and, in a cluster of others, doesn't define. */
export const neededDefinitions: readonly Definition[] = [{ ...serviceMonitorKind, scope: "Namespaced" }];
