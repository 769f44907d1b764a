import { textOf } from "../values";
import { AzureApiError } from "./api-error";
import { guidOf, wrongText, type AzureType } from "./azure-type";
import { tenantId } from "./subscription";

const assignment = "azure-native:authorization:RoleAssignment";

/** Who may do what: identities, whom they trust, and what they are granted. */
export const identity: readonly AzureType[] = [
  {
    token: "azure-native:managedidentity:UserAssignedIdentity",
    path: "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
    located: true,
    outputs: (_inputs, id) => ({ clientId: guidOf(`${id} client`), principalId: guidOf(`${id} principal`), tenantId }),
  },
  {
    token: "azure-native:managedidentity:FederatedIdentityCredential",
    path: "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}",
  },
  {
    token: assignment,
    path: "Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    scope: "scope",
    replaces: ["principalId", "roleDefinitionId", "principalType", "condition", "delegatedManagedIdentityResourceId"],
    check: (inputs) =>
      wrongText(inputs, "roleAssignmentName", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "a GUID"),
    creating: ({ principalId, roleDefinitionId, scope }, { inventory }) => {
      const same = inventory.list({ type: assignment }).find(({ properties }) => {
        const role = textOf(properties.roleDefinitionId) === textOf(roleDefinitionId);
        return role && properties.principalId === principalId && properties.scope === scope;
      });
      if (same !== undefined) throw new AzureApiError("RoleAssignmentExists", `${same.id} grants the same already.`);
    },
  },
];
