import { createHash } from "node:crypto";

import type { HostedCluster } from "../../cluster-host";
import { accessOf } from "../hosted-access";
import { anything, object, optional } from "../shape";
import { snapshotDefinitions } from "../snapshot-definitions";
import type { CheckFailure, Services } from "../stand-in";
import { isList, isProperties, present, textOf, unknown, type Properties } from "../values";
import { hostedPool, poolFailures, sizeOf } from "./agent-pool";
import { AzureApiError } from "./api-error";
import { guidOf, placeOf, regionName, wrongText, type AzureType } from "./azure-type";
import { tenantId } from "./subscription";

export const clusterToken = "azure-native:containerservice:ManagedCluster";
export const poolToken = "azure-native:containerservice:AgentPool";

/**
 * Minor versions that AKS makes clusters of, newest first, as generally known on 2026-11-21. It takes a patch version of
 * each too.
 * @see https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
 */
export const aksVersions: readonly string[] = ["1.35", "1.34", "1.33", "1.32"];

/** A short name of the cluster with this id, by which its host knows it. */
export const hostedId = (id: string): string =>
  `aks-${id.split("/").at(-1) ?? ""}-${createHash("sha256").update(id.toLowerCase()).digest("hex").slice(0, 8)}`;

/** A cluster of AKS, with the pools that are declared inside it. */
export const managedCluster: AzureType = {
  token: clusterToken,
  path: "Microsoft.ContainerService/managedClusters/{resourceName}",
  located: true,
  replaces: ["dnsPrefix", "fqdnSubdomain", "nodeResourceGroup", "linuxProfile"],
  fills: ["kubernetesVersion", "nodeResourceGroup", "identityProfile"],
  shapes: {
    // The cloud adds who the cluster says a pod is, and who the cluster is.
    oidcIssuerProfile: object({ enabled: optional(anything), issuerURL: optional(anything) }),
    identity: object(
      Object.fromEntries(
        ["type", "userAssignedIdentities", "delegatedResources", "principalId", "tenantId"].map((name) => [
          name,
          optional(anything),
        ]),
      ),
    ),
  },
  check: (inputs) => [
    // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
    ...wrongText(
      inputs,
      "resourceName",
      /^[a-zA-Z0-9]([\w-]{0,61}[a-zA-Z0-9])?$/,
      "at most 63 letters, digits, - and _",
    ),
    ...versionFailures(inputs),
    ...declared(inputs).flatMap((pool, index) =>
      poolFailures(pool, "name").map(({ path, reason }) => ({ path: ["agentPoolProfiles", index, ...path], reason })),
    ),
    ...(Array.isArray(inputs.agentPoolProfiles) &&
    !declared(inputs).some(({ mode }) => mode === "System" || mode === unknown)
      ? [{ path: ["agentPoolProfiles"], reason: "a cluster wants at least one pool of mode System" }]
      : []),
  ],
  creating: (inputs) => {
    for (const pool of declared(inputs)) sizeOf(pool);
  },
  changing: (inputs, before) => {
    const minor = ({ kubernetesVersion }: Properties): number =>
      Number(textOf(kubernetesVersion ?? aksVersions[0]).split(".")[1]);
    const step = `${textOf(before.kubernetesVersion)} to ${textOf(inputs.kubernetesVersion)}`;
    if (minor(inputs) < minor(before)) {
      throw new AzureApiError("OperationNotAllowed", `a cluster cannot be downgraded: ${step}.`);
    }
    if (minor(inputs) > minor(before) + 1) {
      throw new AzureApiError("OperationNotAllowed", `one minor version at a time: ${step} skips some.`);
    }
  },
  outputs: (inputs, id, services) => {
    const region = placeOf(inputs, services);
    const version = textOf(inputs.kubernetesVersion ?? aksVersions[0]);
    const host = `${textOf(inputs.dnsPrefix ?? inputs.fqdnSubdomain)}-${guidOf(id).slice(0, 8)}`;
    const issuer = isProperties(inputs.oidcIssuerProfile) && inputs.oidcIssuerProfile.enabled === true;
    const nodes = textOf(
      inputs.nodeResourceGroup ?? `MC_${textOf(inputs.resourceGroupName)}_${textOf(inputs.resourceName)}_${region}`,
    );
    return present({
      currentKubernetesVersion: version.split(".").length > 2 ? version : `${version}.0`,
      kubernetesVersion: version,
      fqdn: `${host}.hcp.${region}.azmk8s.io`,
      azurePortalFQDN: `${host}.portal.hcp.${region}.azmk8s.io`,
      nodeResourceGroup: nodes,
      powerState: { code: "Running" },
      provisioningState: "Succeeded",
      identity: isProperties(inputs.identity) ? identityOf(id, inputs.identity) : undefined,
      identityProfile: inputs.identityProfile ?? {
        kubeletidentity: {
          clientId: guidOf(`${id} kubelet client`),
          objectId: guidOf(`${id} kubelet`),
          resourceId: `${id}-agentpool`,
        },
      },
      oidcIssuerProfile: issuer
        ? {
            enabled: true,
            issuerURL: `https://${region}.oic.prod-aks.azure.com/${tenantId}/${guidOf(`${id} issuer`)}/`,
          }
        : inputs.oidcIssuerProfile,
    });
  },
  applied: async (inputs, id, services) => {
    const before = services.inventory.list({ type: poolToken }).filter(({ partOf }) => partOf?.id === id);
    await hostCluster(id, { ...inputs, location: placeOf(inputs, services) }, services);
    const wanted = new Set(declared(inputs).map(({ name }) => `${id}/agentPools/${textOf(name)}`));
    for (const gone of before.filter((pool) => !wanted.has(pool.id))) {
      services.inventory.remove(gone);
      await services.clusterHost.removePool(hostedId(id), gone.label);
    }
    return {};
  },
  removed: async (id, _properties, { inventory, clusterHost }) => {
    // Its pools go with it, those too that somebody else put there.
    for (const record of inventory.list({ type: poolToken }))
      if (record.id.startsWith(`${id}/`)) inventory.remove(record);
    await clusterHost.removeCluster(hostedId(id));
  },
};

/** Brings the cluster up, with the pools that it declares. */
export const hostCluster = async (id: string, cluster: Properties, services: Services): Promise<void> => {
  const { clusterHost, inventory } = services;
  await clusterHost.createCluster(hosted(id, cluster));
  for (const properties of declared(cluster)) {
    const label = textOf(properties.name);
    const partOf = { type: clusterToken, id };
    inventory.put({ type: poolToken, id: `${id}/agentPools/${label}`, label, properties, partOf });
    await clusterHost.applyPool(hostedPool(hostedId(id), label, regionName(cluster.location), properties));
  }
};

/** How the cluster is reached; it is up already, or comes up. */
export const clusterAccess = async (id: string, cluster: Properties, { clusterHost }: Services) =>
  accessOf((await clusterHost.createCluster(hosted(id, cluster))).kubeconfig);

const hosted = (id: string, { resourceName, kubernetesVersion, location }: Properties): HostedCluster => ({
  id: hostedId(id),
  label: textOf(resourceName),
  kubernetesVersion: textOf(kubernetesVersion ?? aksVersions[0])
    .split(".")
    .slice(0, 2)
    .join("."),
  region: regionName(location),
  // https://learn.microsoft.com/azure/aks/csi-storage-drivers: the controller is on unless it is turned off.
  definitions: snapshotDefinitions,
  // https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes
  storageClasses: [
    { name: "default", reclaimPolicy: "Delete", isDefault: true },
    ...["azurefile", "azurefile-csi", "azurefile-csi-premium", "azurefile-premium", "managed", "managed-csi"].map(
      spare,
    ),
    ...["managed-csi-premium", "managed-premium"].map(spare),
  ],
});

const spare = (name: string): HostedCluster["storageClasses"][number] => ({
  name,
  reclaimPolicy: "Delete",
  isDefault: false,
});

const declared = ({ agentPoolProfiles }: Properties): Properties[] =>
  isList(agentPoolProfiles) ? agentPoolProfiles.filter(isProperties) : [];

const identityOf = (id: string, identity: Properties): Properties => ({
  ...identity,
  ...(textOf(identity.type).includes("SystemAssigned") && { principalId: guidOf(`${id} principal`), tenantId }),
});

const versionFailures = ({ kubernetesVersion }: Properties): CheckFailure[] => {
  if (typeof kubernetesVersion !== "string" || kubernetesVersion === unknown) return [];
  const [minor] = /^1\.\d+(?=$|\.\d+$)/.exec(kubernetesVersion) ?? [""];
  if (aksVersions.includes(minor)) return [];
  const reason = `found ${JSON.stringify(kubernetesVersion)}, allowed: ${aksVersions.join(", ")}, and patches of them`;
  return [{ path: ["kubernetesVersion"], reason }];
};
