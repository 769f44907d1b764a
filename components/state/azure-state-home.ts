import { getClientConfigOutput } from "@pulumi/azure-native/authorization/getClientConfig";
import { Key } from "@pulumi/azure-native/keyvault/key";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import { BlobBucket } from "../objects/blob-bucket";
import { grantRole } from "../shared/azure-roles";
import { keepStateDays, kept, type StateHome, type StateHomeArgs } from "./state-home";
import { stateContainer, stateKey, stateNames } from "./state-names";

/**
 * A private, versioned blob container on Azure in three zones, and a vault with the key that encrypts the stacks' secrets.
 * Both let in identities of Microsoft Entra alone: the account's own keys are off. Whoever makes it may use it.
 */
export class AzureStateHome extends pulumi.ComponentResource implements StateHome {
  public readonly backend: pulumi.Output<string>;
  public readonly secretsProvider: pulumi.Output<string>;

  public constructor(name: string, args: StateHomeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:state:AzureStateHome", name, {}, opts);
    const child = { parent: this, ...kept };
    const names = stateNames(args.name);
    const caller = getClientConfigOutput({ parent: this });
    const group = new ResourceGroup(name, { resourceGroupName: names.resourceGroup, location: args.region }, child);
    const inGroup = { resourceGroupName: group.name };
    const blobs = new BlobBucket(
      name,
      {
        resourceGroup: group.name,
        region: args.region,
        account: names.storageAccount,
        container: stateContainer,
        keeping: { replaced: keepStateDays },
        copies: "three-zones",
      },
      { parent: this },
    );
    const vault = new Vault(
      name,
      {
        ...inGroup,
        vaultName: names.vault,
        location: args.region,
        properties: {
          tenantId: caller.tenantId,
          sku: { family: "A", name: "standard" },
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          enablePurgeProtection: true,
          softDeleteRetentionInDays: keepStateDays,
        },
      },
      child,
    );
    const key = new Key(
      name,
      {
        ...inGroup,
        vaultName: vault.name,
        keyName: stateKey,
        properties: { kty: "RSA", keySize: 4096, keyOps: ["encrypt", "decrypt"] },
      },
      child,
    );
    // A second run by somebody else must not take from the first what it was given.
    const once = { ...child, ignoreChanges: ["principalId", "roleAssignmentName"] };
    const principalId = caller.objectId;
    const grants = [
      grantRole(`${name}-blobs`, { principalId, role: "blobDataContributor", scope: blobs.accountId }, once),
      grantRole(`${name}-key`, { principalId, role: "keyVaultCryptoUser", scope: vault.id }, once),
    ];
    this.backend = pulumi
      .all([blobs.containerName, blobs.accountName, pulumi.all(grants.map(({ id }) => id))])
      .apply(([container, account]) => `azblob://${container}?storage_account=${account}`);
    this.secretsProvider = pulumi.interpolate`azurekeyvault://${vault.name}.vault.azure.net/keys/${key.name}`;
    this.registerOutputs({ backend: this.backend, secretsProvider: this.secretsProvider });
  }
}
