/** What Azure answers, as far as a component reads it. */
export const azureAnswers = (
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  switch (type) {
    case "azure-native:containerservice:ManagedCluster":
      return {
        name: inputs["resourceName"],
        identityProfile: { kubeletidentity: { objectId: "kubelet", clientId: "kubelet-client" } },
        oidcIssuerProfile: { enabled: true, issuerURL: `https://issuer.example/${name}/` },
      };
    case "azure-native:managedidentity:UserAssignedIdentity":
      return { name: inputs["resourceName"], principalId: `principal-of-${name}`, clientId: `client-of-${name}` };
    case "azure-native:network:PublicIPAddress":
      return { ipAddress: "20.1.2.3" };
    case "azure-native:storage:StorageAccount":
      return { name: inputs["accountName"] };
    case "azure-native:storage:BlobContainer":
      return { name: inputs["containerName"] };
    case "azure-native:containerregistry:Registry":
      return { name: inputs["registryName"], loginServer: `${String(inputs["registryName"])}.azurecr.io` };
    default:
      return { name };
  }
};

const peoplesKubeconfig = `
clusters: [{ name: own, cluster: { server: "https://own.example:443", certificate-authority-data: Y2E= } }]
users: [{ name: own, user: { exec: { command: kubelogin } } }]
`;

/** What Azure answers when it is asked. */
export const azureCalls = (token: string): Record<string, unknown> => {
  switch (token) {
    case "azure-native:authorization:getClientToken":
      return { token: "plain-token" };
    case "azure-native:authorization:getClientConfig":
      return { objectId: "deployer", clientId: "client", subscriptionId: "subscription", tenantId: "tenant" };
    case "azure-native:containerservice:listManagedClusterUserCredentials":
      return { kubeconfigs: [{ name: "user", value: Buffer.from(peoplesKubeconfig).toString("base64") }] };
    default:
      return {};
  }
};
