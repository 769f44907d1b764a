import { isProperties, textOf, type Properties } from "../values";
import { AzureApiError } from "./api-error";
import { wrongText, type AzureType } from "./azure-type";

const vault = "azure-native:keyvault:Vault";
const inVault = "Microsoft.KeyVault/vaults/{vaultName}";

const settings = (inputs: Properties): Properties => (isProperties(inputs.properties) ? inputs.properties : {});

const hostOf = ({ vaultName }: Properties): string => `https://${textOf(vaultName)}.vault.azure.net/`;

export const keyVault: readonly AzureType[] = [
  {
    token: vault,
    path: inVault,
    located: true,
    check: (inputs) =>
      wrongText(
        inputs,
        "vaultName",
        /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
        "3 to 24 letters, digits and single dashes, starting with a letter and not ending with a dash",
      ),
    creating: ({ vaultName }, { inventory }) => {
      if (inventory.list({ type: vault, label: textOf(vaultName) }).length === 0) return;
      throw new AzureApiError("VaultAlreadyExists", `the name ${textOf(vaultName)} is taken in all of Azure.`);
    },
    changing: (inputs, before) => {
      if (settings(before).enablePurgeProtection !== true || settings(inputs).enablePurgeProtection === true) return;
      throw new AzureApiError("BadRequest", "enablePurgeProtection can't be taken back once it is on.");
    },
    outputs: (inputs) => ({ properties: { ...settings(inputs), vaultUri: hostOf(inputs) } }),
  },
  {
    token: "azure-native:keyvault:Key",
    path: `${inVault}/keys/{keyName}`,
    // A key made through Azure's resource manager is never changed: the provider makes another.
    replaces: ["properties"],
    check: (inputs) => wrongText(inputs, "keyName", /^[a-zA-Z0-9-]{1,127}$/, "1 to 127 letters, digits and dashes"),
    outputs: (inputs) => ({ keyUri: `${hostOf(inputs)}keys/${textOf(inputs.keyName)}` }),
  },
];
