import { boolean, list, object, oneOf, optional, replacing, required, set, text } from "../shape";
import type { HostedCluster } from "../../cluster-host";
import type { Services } from "../stand-in";
import type { ResourceEntry } from "../table-package";
import { isList, isProperties, present, textOf, type Properties, type Value } from "../values";
import { lkeVersions, storageClasses } from "./catalogue";
import * as nodePool from "./node-pool";
import {
  applyPool,
  clusterType,
  hostedPool,
  nestedPools,
  poolsOf,
  removePool,
  sizeFailures,
  tagSet,
} from "./node-pool";
import { clusterLabel, LinodeApiError, region } from "./rules";

/** A cluster of Linode's Kubernetes Engine, with the pools that are declared inside it. */
export const lkeCluster: ResourceEntry = {
  inputs: {
    aplEnabled: replacing(optional(boolean)),
    controlPlane: optional(
      object({
        acl: optional(
          object({
            addresses: optional(list(object({ ipv4s: optional(set(text())), ipv6s: optional(set(text())) }))),
            enabled: optional(boolean),
          }),
        ),
        highAvailability: optional(boolean),
      }),
    ),
    externalPoolTags: optional(tagSet),
    k8sVersion: required(text(oneOf(...lkeVersions))),
    label: required(text(clusterLabel)),
    pools: required(nestedPools),
    region: replacing(required(text(region))),
    tags: optional(tagSet),
    tier: replacing(optional(text(oneOf("standard", "enterprise")))),
  },
  computed: [
    "apiEndpoints",
    "aplEnabled",
    "controlPlane",
    "dashboardUrl",
    "kubeconfig",
    "pools",
    "status",
    "tags",
    "tier",
  ],
  recomputed: { pools: ["pools", "externalPoolTags", "k8sVersion"] },
  secretOutputs: ["kubeconfig"],
  checkTogether: ({ pools, tier }) => {
    const declared = isList(pools) ? pools.filter(isProperties) : [];
    return declared.flatMap((pool, index) => [
      ...sizeFailures(pool, "count", ["pools", index]),
      ...(pool.updateStrategy !== undefined && tier !== "enterprise"
        ? [{ path: ["pools", index, "updateStrategy"], reason: "only clusters of the enterprise tier take it" }]
        : []),
    ]);
  },
  create: async (inputs, services) => {
    const { inventory, clusterHost } = services;
    const label = textOf(inputs.label);
    refuseTakenLabel(label, undefined, services);
    const id = inventory.newId(clusterType);
    // In the inventory before its parts are made, as in the cloud: what fails half-way is there to be found.
    inventory.put({ type: clusterType, id, label, properties: settings(inputs) });
    const { kubeconfig } = await clusterHost.createCluster(hostedCluster(id, inputs));
    inventory.put({ type: clusterType, id, label, properties: settings(inputs), secrets: { kubeconfig } });
    for (const pool of declaredPools(inputs)) {
      const poolId = inventory.newId(nodePool.poolType);
      await applyPool({ clusterId: id, region: textOf(inputs.region), poolId, pool, nested: true }, services);
    }
    return { id, outputs: outputsOf(id, services) ?? {} };
  },
  read: (id, services) => outputsOf(id, services),
  update: async (id, inputs, services) => {
    const { inventory, clusterHost } = services;
    const record = nodePool.clusterOf(id, services);
    const label = textOf(inputs.label);
    if (label !== record.label) refuseTakenLabel(label, id, services);
    refuseIrreversible(record.properties, inputs);
    const { kubeconfig } = await clusterHost.createCluster(hostedCluster(id, inputs));
    inventory.put({ ...record, label, properties: settings(inputs), secrets: { kubeconfig } });
    await reconcilePools(id, inputs, services);
    return outputsOf(id, services) ?? {};
  },
  delete: async (id, services) => {
    for (const pool of poolsOf(id, services)) await removePool(id, pool.id, services);
    await services.clusterHost.removeCluster(id);
    services.inventory.remove({ type: clusterType, id });
  },
};

/** Brings the clusters of an earlier run, and their nodes, back to where they run. */
export const resumeClusters = async (services: Services): Promise<void> => {
  const { inventory, clusterHost } = services;
  for (const record of inventory.list({ type: clusterType })) {
    const { id, properties } = record;
    const { kubeconfig } = await clusterHost.createCluster(hostedCluster(id, properties));
    if (record.secrets?.kubeconfig !== kubeconfig) inventory.put({ ...record, secrets: { kubeconfig } });
    for (const pool of poolsOf(id, services)) {
      await clusterHost.applyPool(hostedPool(id, textOf(properties.region), pool.id, pool.properties));
    }
  }
};

/** What the cluster itself keeps; pools are records of their own. */
const settings = (inputs: Properties): Properties => {
  const { controlPlane, pools: _pools, ...rest } = inputs;
  const plane = isProperties(controlPlane) ? controlPlane : {};
  const acl = isProperties(plane.acl) ? plane.acl : {};
  return present({
    ...rest,
    aplEnabled: inputs.aplEnabled ?? false,
    tags: inputs.tags ?? [],
    tier: inputs.tier ?? "standard",
    controlPlane: {
      highAvailability: plane.highAvailability ?? false,
      acl: { enabled: acl.enabled ?? false, addresses: acl.addresses ?? [] },
    },
  });
};

const outputsOf = (id: string, services: Services): Properties | undefined => {
  const record = services.inventory.get({ type: clusterType, id });
  if (record === undefined) return undefined;
  const { region: place, externalPoolTags } = record.properties;
  const pools = poolsOf(id, services).filter(
    ({ partOf, properties }) => partOf !== undefined || !isExternal(properties, externalPoolTags),
  );
  return present({
    ...record.properties,
    label: record.label,
    pools: pools.map(({ properties: { clusterId: _clusterId, ...pool } }) => pool),
    status: "ready",
    apiEndpoints: [443, 6443, 8443, 250].map((port) => `https://${id}.${textOf(place)}-1.linodelke.net:${port}`),
    dashboardUrl: `https://${id}.dashboard.${textOf(place)}-1.linodelke.net`,
    kubeconfig: Buffer.from(textOf(record.secrets?.kubeconfig ?? "")).toString("base64"),
  });
};

/**
 * Nested pools are told apart by their position alone. Pools that nothing here declares are deleted, unless one of their
 * tags says that they are managed elsewhere.
 * @see https://registry.terraform.io/providers/linode/linode/latest/docs/resources/lke_cluster#externally-managed-node-pools
 */
const reconcilePools = async (clusterId: string, inputs: Properties, services: Services): Promise<void> => {
  const pools = poolsOf(clusterId, services);
  const nested = pools.filter(({ partOf }) => partOf !== undefined);
  const declared = declaredPools(inputs);
  const args = { clusterId, region: textOf(inputs.region), nested: true };
  for (const [index, pool] of declared.entries()) {
    const old = nested[index];
    const stays = old !== undefined && old.properties.type === pool.type;
    const poolId = stays ? old.id : services.inventory.newId(nodePool.poolType);
    await applyPool({ ...args, poolId, pool, before: stays ? old.properties : undefined }, services);
    if (old !== undefined && !stays) await removePool(clusterId, old.id, services);
  }
  const surplus = nested.slice(declared.length);
  const foreign = pools.filter(
    ({ partOf, properties }) => partOf === undefined && !isExternal(properties, inputs.externalPoolTags),
  );
  for (const { id } of [...surplus, ...foreign]) await removePool(clusterId, id, services);
};

/** Tags are compared as the API does: whatever their case. */
const isExternal = (pool: Properties, externalTags: Value | undefined): boolean => {
  const lower = (tags: Value | undefined): string[] =>
    isList(tags) ? tags.map((tag) => textOf(tag).toLowerCase()) : [];
  const external = new Set(lower(externalTags));
  return lower(pool.tags).some((tag) => external.has(tag));
};

const declaredPools = ({ pools }: Properties): Properties[] => (isList(pools) ? pools.filter(isProperties) : []);

const hostedCluster = (id: string, { label, k8sVersion, region: place }: Properties): HostedCluster => ({
  id,
  storageClasses,
  label: textOf(label),
  kubernetesVersion: textOf(k8sVersion),
  region: textOf(place),
});

/** Labels are unique in an account. @see https://techdocs.akamai.com/linode-api/reference/post-lke-cluster */
const refuseTakenLabel = (label: string, id: string | undefined, { inventory }: Services): void => {
  const taken = inventory.list({ type: clusterType, label }).find((record) => record.id !== id);
  if (taken === undefined) return;
  throw new LinodeApiError(
    400,
    "label",
    `Label must be unique among your clusters: LKE cluster ${taken.id} is called ${label}. Import that one, delete it, or take another label.`,
  );
};

const refuseIrreversible = (before: Properties, after: Properties): void => {
  const available = ({ controlPlane }: Properties): boolean =>
    isProperties(controlPlane) && controlPlane.highAvailability === true;
  if (available(before) && !available(after)) {
    throw new LinodeApiError(400, "control_plane.high_availability", "High availability cannot be turned off again.");
  }
  const minor = ({ k8sVersion }: Properties): number => Number(textOf(k8sVersion).split(".")[1]);
  if (minor(after) < minor(before)) {
    const step = `${textOf(before.k8sVersion)} to ${textOf(after.k8sVersion)}`;
    throw new LinodeApiError(400, "k8s_version", `A cluster cannot be downgraded: ${step}.`);
  }
};
