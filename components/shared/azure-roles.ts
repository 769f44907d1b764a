import { RoleAssignment, type RoleAssignmentArgs } from "@pulumi/azure-native/authorization/roleAssignment";
import * as pulumi from "@pulumi/pulumi";
import { v5 } from "uuid";

/**
 * Azure's own roles, by the ids that they have everywhere.
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const azureRoles = {
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  blobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  blobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  aksRbacClusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
} as const;

export interface RoleGrant {
  /** Object id of who gets the role. */
  readonly principalId: pulumi.Input<string>;
  /** Leaving it out makes Azure look the principal up, which fails for seconds after an identity was made. */
  readonly principalType?: "ServicePrincipal";
  readonly role: keyof typeof azureRoles;
  /** Id of the one resource that it is for. */
  readonly scope: pulumi.Input<string>;
}

/** One role, on one resource, to one identity. */
export const grantRole = (name: string, grant: RoleGrant, options: pulumi.CustomResourceOptions): RoleAssignment => {
  const { principalId, principalType, scope } = grant;
  const role = azureRoles[grant.role];
  const args: RoleAssignmentArgs = {
    // An assignment's name is a GUID. Made of all that cannot change about it: one that is replaced has another name, and
    // stands before the old one goes.
    roleAssignmentName: pulumi.all([scope, principalId]).apply(([on, to]) => v5([on, role, to].join("\n"), v5.URL)),
    principalId,
    ...(principalType && { principalType }),
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    scope,
  };
  return new RoleAssignment(name, args, options);
};
