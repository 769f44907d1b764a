import { MaintenanceConfiguration } from "@pulumi/azure-native/containerservice/maintenanceConfiguration";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace";
import type * as pulumi from "@pulumi/pulumi";
import { durableOptions } from "../shared";
import { azureName } from "../shared/azure-names";

export interface AksOperations {
  readonly environment: string;
  readonly region: pulumi.Input<string>;
  readonly resourceGroup: pulumi.Input<string>;
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArmId: pulumi.Output<string>;
  readonly durable: boolean;
}

/** When Azure may upgrade the cluster and its nodes: on Sunday nights, the nodes' images after the cluster. UTC. */
export const keepMaintenanceWindows = (name: string, args: AksOperations, parent: pulumi.Resource): void => {
  for (const [configName, startTime] of Object.entries(windows)) {
    new MaintenanceConfiguration(
      `${name}-${configName}`,
      {
        resourceGroupName: args.resourceGroup,
        resourceName: args.clusterName,
        configName,
        maintenanceWindow: {
          startTime,
          utcOffset: "+00:00",
          durationHours: 4,
          schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
        },
      },
      { parent },
    );
  }
};

/** By the names that AKS has for them. @see https://learn.microsoft.com/azure/aks/planned-maintenance */
const windows = { aksManagedAutoUpgradeSchedule: "00:00", aksManagedNodeOSUpgradeSchedule: "04:00" } as const;

/** The control plane's logs, kept where they can be searched and the cluster's administrators can't change them. */
export const keepControlPlaneLogs = (name: string, args: AksOperations, parent: pulumi.Resource): void => {
  const workspace = new Workspace(
    name,
    {
      resourceGroupName: args.resourceGroup,
      location: args.region,
      workspaceName: azureName(args.environment),
      sku: { name: "PerGB2018" },
      retentionInDays: args.durable ? 90 : 30,
      tags: { holdfast: args.environment },
    },
    { parent, ...durableOptions(args.durable) },
  );
  new DiagnosticSetting(
    name,
    {
      name: "control-plane",
      resourceUri: args.clusterArmId,
      workspaceId: workspace.id,
      // A table for each kind of log, which can be searched faster than the one that is shared with all of Azure.
      logAnalyticsDestinationType: "Dedicated",
      logs: controlPlaneLogs.map((category) => ({ category, enabled: true })),
    },
    { parent },
  );
};

/**
 * All that there is but `kube-audit`: `kube-audit-admin` is the same without what only reads, a small part of its cost.
 * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference#resource-logs
 */
const controlPlaneLogs = [
  "kube-apiserver",
  "kube-audit-admin",
  "kube-controller-manager",
  "kube-scheduler",
  "cluster-autoscaler",
  "cloud-controller-manager",
  "guard",
  "csi-azuredisk-controller",
  "csi-azurefile-controller",
  "csi-snapshot-controller",
] as const;
