import * as client from "@kubernetes/client-node";

import { UnknownTokenError } from "../errors";
import { didYouMean } from "../nearest-name";
import { snapshotDefinitions } from "../snapshot-definitions";

/** A kind of object, as a type token names it. */
export interface ObjectKind {
  /** As in manifests: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Undefined for custom resources: their definition says. */
  readonly namespaced: boolean | undefined;
  /** The client's model of it; undefined for custom resources. */
  readonly model: string | undefined;
}

/** The client's class for each API group and version that programs make objects of. */
const apis: Readonly<Record<string, { readonly prototype: object }>> = {
  v1: client.CoreV1Api,
  "admissionregistration.k8s.io/v1": client.AdmissionregistrationV1Api,
  "apiextensions.k8s.io/v1": client.ApiextensionsV1Api,
  "apiregistration.k8s.io/v1": client.ApiregistrationV1Api,
  "apps/v1": client.AppsV1Api,
  "autoscaling/v1": client.AutoscalingV1Api,
  "autoscaling/v2": client.AutoscalingV2Api,
  "batch/v1": client.BatchV1Api,
  "certificates.k8s.io/v1": client.CertificatesV1Api,
  "coordination.k8s.io/v1": client.CoordinationV1Api,
  "discovery.k8s.io/v1": client.DiscoveryV1Api,
  "events.k8s.io/v1": client.EventsV1Api,
  "flowcontrol.apiserver.k8s.io/v1": client.FlowcontrolApiserverV1Api,
  "networking.k8s.io/v1": client.NetworkingV1Api,
  "node.k8s.io/v1": client.NodeV1Api,
  "policy/v1": client.PolicyV1Api,
  "rbac.authorization.k8s.io/v1": client.RbacAuthorizationV1Api,
  "resource.k8s.io/v1": client.ResourceV1Api,
  "scheduling.k8s.io/v1": client.SchedulingV1Api,
  "storage.k8s.io/v1": client.StorageV1Api,
};

/** Two groups have an Event, so the client tells their models apart. */
const irregularModels: Readonly<Record<string, string>> = {
  "v1 Event": "CoreV1Event",
  "events.k8s.io/v1 Event": "EventsV1Event",
};

export const modelClass = (name: string): ModelClass | undefined =>
  (client as unknown as Readonly<Record<string, ModelClass | undefined>>)[name];

export interface ModelClass {
  getAttributeTypeMap?(): readonly { readonly baseName: string; readonly type: string }[];
}

/** Every kind that Kubernetes itself has, by `apiVersion kind`: what the client can create it knows. */
const builtIn: ReadonlyMap<string, ObjectKind> = new Map(
  Object.entries(apis).flatMap(([apiVersion, api]) =>
    Object.getOwnPropertyNames(api.prototype).flatMap((method) => {
      const [, namespaced, kind] = /^create(Namespaced)?([A-Z]\w+?)$/.exec(method) ?? [];
      if (kind === undefined || kind.endsWith("WithHttpInfo")) return [];
      const found = builtInKind(apiVersion, kind, namespaced !== undefined);
      return found === undefined ? [] : [[`${apiVersion} ${kind}`, found] as const];
    }),
  ),
);

function builtInKind(apiVersion: string, kind: string, namespaced: boolean): ObjectKind | undefined {
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const model = irregularModels[`${apiVersion} ${kind}`] ?? `${version.toUpperCase()}${kind}`;
  if (modelClass(model)?.getAttributeTypeMap === undefined) return undefined;
  return { apiVersion, group, version, kind, namespaced, model };
}

/** Groups of Kubernetes' own projects that come as custom resources, and so are in no client. */
const groupsByDefinition: readonly string[] = snapshotDefinitions.map(({ group }) => group);

/** Undefined for custom resources, and for what the client has no model of. */
export const isNamespacedKind = (apiVersion: string, kind: string): boolean | undefined =>
  builtIn.get(`${apiVersion} ${kind}`)?.namespaced;

const packageDir = "src/rehearsal/providers/kubernetes/";

/** What `kubernetes:apps/v1:Deployment` stands for. @throws UnknownTokenError for what the rehearsal cannot play */
export const kindOfType = (type: string): ObjectKind => {
  const known = kindsByType.get(type);
  if (known !== undefined) return known;
  const found = resolve(type);
  kindsByType.set(type, found);
  return found;
};

const kindsByType = new Map<string, ObjectKind>();

const resolve = (type: string): ObjectKind => {
  const [, groupVersion = "", kind = ""] = /^kubernetes:([^:]+):([A-Z]\w*)$/.exec(type) ?? [];
  const apiVersion = groupVersion.replace(/^core\//, "");
  const found = builtIn.get(`${apiVersion} ${kind}`);
  if (found !== undefined) return found;
  if (/^(helm\.sh|yaml|kustomize)\b/.test(groupVersion)) {
    throw new UnknownTokenError(
      `${type}: the rehearsal makes single objects only; ${packageDir} has no renderer for this.`,
    );
  }
  if (kind.endsWith("Patch")) {
    throw new UnknownTokenError(`${type}: the rehearsal does not patch objects that something else made.`);
  }
  if (kind.endsWith("List")) {
    throw new UnknownTokenError(`${type}: the rehearsal takes no lists; make each object a resource of its own.`);
  }
  const siblings = [...builtIn.values()].filter((other) => other.apiVersion === apiVersion).map((other) => other.kind);
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const isClients = siblings.length > 0 || (group.endsWith(".k8s.io") && !groupsByDefinition.includes(group));
  if (kind === "" || !group.includes(".") || isClients) {
    throw new UnknownTokenError(
      `${type}: no such kind in the client's models.${didYouMean(kind, siblings)} ` +
        `If Kubernetes has it, add its API group in ${packageDir}kinds.ts.`,
    );
  }
  return { apiVersion, group, version, kind, namespaced: undefined, model: undefined };
};
