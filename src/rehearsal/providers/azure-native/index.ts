import { optional, replacing, text, type PropertyTable } from "../shape";
import { tableStandIn } from "../table-package";
import { azureEntry } from "./azure-type";
import { containerRegistry } from "./container-registry";
import { containerservice, resumeClusters } from "./containerservice";
import { functions } from "./functions";
import { identity } from "./identity";
import { keyVault } from "./key-vault";
import { monitor } from "./monitor";
import { network } from "./network";
import { resources } from "./resources";
import { storage } from "./storage";

/** All are text on the wire: the SDK writes what isn't as JSON. */
const config: PropertyTable = {
  ...Object.fromEntries(
    [
      ...["auxiliaryTenantIds", "clientCertificatePassword", "clientCertificatePath", "clientId", "clientSecret"],
      ...[
        "disableInstanceDiscovery",
        "disablePulumiPartnerId",
        "environment",
        "location",
        "metadataHost",
        "msiEndpoint",
      ],
      ...["oidcRequestToken", "oidcRequestUrl", "oidcToken", "oidcTokenFilePath", "partnerId", "tenantId"],
      ...["useDefaultAzureCredential", "useMsi", "useOidc", "version"],
    ].map((name) => [name, optional(text())]),
  ),
  subscriptionId: replacing(optional(text())),
};

const types = [...containerRegistry, ...containerservice, ...identity, ...keyVault, ...monitor, ...network, ...storage];

/** Azure, played from the inventory. A new resource type is an entry in its service's file. */
export const azureNative = tableStandIn({
  name: "azure-native",
  version: "3.28.0",
  config,
  types: Object.fromEntries([...types.map(azureEntry), ...resources]),
  functions,
  resume: resumeClusters,
});
