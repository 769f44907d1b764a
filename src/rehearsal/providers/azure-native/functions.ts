import { oneOf, optional, required, text } from "../shape";
import type { FunctionEntry } from "../table-package";
import { secret, textOf } from "../values";
import { AzureApiError } from "./api-error";
import { find, groupId, guidOf } from "./azure-type";
import { clusterAccess } from "./managed-cluster";
import { subscriptionOf, tenantId } from "./subscription";

export const functions: Readonly<Record<string, FunctionEntry>> = {
  "azure-native:authorization:getClientConfig": {
    args: {},
    invoke: (_args, services) => ({
      clientId: guidOf("rehearsal client"),
      objectId: guidOf("rehearsal object"),
      subscriptionId: subscriptionOf(services),
      tenantId,
    }),
  },
  "azure-native:authorization:getClientToken": {
    args: { endpoint: optional(text()) },
    // The real one is another in each run; always the same here, so that a run without a change shows none.
    invoke: ({ endpoint }) => ({ token: secret(`rehearsal.${guidOf(`token for ${textOf(endpoint ?? "Azure")}`)}`) }),
  },
  "azure-native:containerservice:listManagedClusterUserCredentials": {
    args: {
      resourceGroupName: required(text()),
      resourceName: required(text()),
      format: optional(text(oneOf("azure", "exec", "web-login"))),
      serverFqdn: optional(text()),
    },
    invoke: async ({ resourceGroupName, resourceName }, services) => {
      const group = groupId(textOf(resourceGroupName), services);
      const id = `${group}/providers/Microsoft.ContainerService/managedClusters/${textOf(resourceName)}`;
      const record = find(id, services);
      if (record === undefined) throw new AzureApiError("ResourceNotFound", `there is no ${id}.`);
      const { server, certificateAuthority } = await clusterAccess(record.id, record.properties, services);
      const kubeconfig = forPeople(textOf(resourceName), server, certificateAuthority);
      return { kubeconfigs: [{ name: "clusterUser", value: secret(Buffer.from(kubeconfig).toString("base64")) }] };
    },
  },
};

/** For a cluster with Entra ID Azure gives no credentials: whoever uses it gets a token of their own, by kubelogin. */
const forPeople = (name: string, server: string, authority: string): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "certificate-authority-data": authority } }],
    contexts: [{ name, context: { cluster: name, user: `clusterUser_${name}` } }],
    "current-context": name,
    users: [
      {
        name: `clusterUser_${name}`,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "kubelogin",
            args: ["get-token", "--login", "devicecode", "--tenant-id", tenantId],
          },
        },
      },
    ],
  });
