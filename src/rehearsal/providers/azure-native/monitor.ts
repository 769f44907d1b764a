import { guidOf, type AzureType } from "./azure-type";

export const monitor: readonly AzureType[] = [
  {
    token: "azure-native:operationalinsights:Workspace",
    path: "Microsoft.OperationalInsights/workspaces/{workspaceName}",
    located: true,
    outputs: (_inputs, id) => ({ provisioningState: "Succeeded", customerId: guidOf(id) }),
  },
  {
    token: "azure-native:monitor:DiagnosticSetting",
    path: "Microsoft.Insights/diagnosticSettings/{name}",
    scope: "resourceUri",
    refers: ["workspaceId", "storageAccountId"],
  },
];
