import { createHash, randomUUID } from "node:crypto";

import type { Inventory } from "../../../inventory";
import { UnreachableError } from "../../errors";
import { isBroughtByClouds } from "../../snapshot-definitions";
import { leadsTo } from "../config";
import { pathText } from "../../property-path";
import { propertyDiff } from "../../property-diff";
import type { CheckFailure } from "../../stand-in";
import { hasUnknown, isProperties, present, textOf, type Properties } from "../../values";
import { alreadyExists, type ApplyOptions, type ClusterBackend } from "../backend";
import {
  checkCustomResource,
  definedKinds,
  isNamespacedCustomResource,
  knownCustomResources,
} from "../custom-resources";
import { checkFields } from "../field-check";
import type { ObjectKind } from "../kinds";
import { at, idOf, metadataOf, nameOf, withMetadata, type ObjectName } from "../object";
import { checkRules } from "../object-rules";
import { immutablePaths, touches } from "../replacement";
import { isSecretKind } from "../secrets";
import { definitionType, hostedClusterType } from "./host";
import { assigned, statusFor } from "./status";

const builtInNamespaces = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);

/** A cluster whose objects are kept in the inventory, after the checks that an API server makes. */
export class SimulatedCluster implements ClusterBackend {
  /** Kinds that definitions in this run bring, or would bring: a preview makes none. */
  private readonly announced = new Map<string, boolean>();

  constructor(
    private readonly clusterId: string,
    private readonly inventory: Inventory,
    /** The address that leads to it. */
    private readonly server: string,
  ) {}

  check(kind: ObjectKind, object: Properties): readonly CheckFailure[] | Promise<readonly CheckFailure[]> {
    const rules = checkRules(object, kind);
    if (kind.model !== undefined) return [...checkFields(object, kind.model), ...rules];
    if (this.isNamespaced(kind) === undefined) {
      // A part of the cluster that this very run adds may bring it; if none does, the kind is refused when it is applied.
      return isBroughtByClouds(kind) ? rules : [{ path: ["kind"], reason: this.undefinedKind(kind) }, ...rules];
    }
    return hasUnknown(object)
      ? rules
      : checkCustomResource(kind.apiVersion, kind.kind, object).then((failures) => [...failures, ...rules]);
  }

  preview(kind: ObjectKind, object: Properties, { mustBeNew }: ApplyOptions): Promise<Properties | undefined> {
    return promised(() => {
      this.announce(kind, object);
      const old = mustBeNew ? undefined : this.find(kind, nameOf(object));
      return old === undefined ? undefined : liveObject(kind, object, old);
    });
  }

  apply(kind: ObjectKind, object: Properties, { mustBeNew, upsert, sensitive }: ApplyOptions): Promise<Properties> {
    return promised(() => {
      this.mustBeReachable();
      const namespaced = this.isNamespaced(kind);
      if (namespaced === undefined) throw new Error(this.undefinedKind(kind));
      const placed =
        namespaced && nameOf(object).namespace === undefined ? withMetadata(object, { namespace: "default" }) : object;
      const name = nameOf(placed);
      this.namespaceMustExist(kind, name);
      const old = this.find(kind, name);
      if (old !== undefined && mustBeNew && !upsert) throw alreadyExists(kind, idOf(name));
      if (old !== undefined) refuseImmutable(kind, old, placed);
      const live = liveObject(kind, placed, old);
      this.store(kind, name, live, sensitive);
      this.announce(kind, live);
      return live;
    });
  }

  expected(_kind: ObjectKind, object: Properties): Promise<Properties> {
    return Promise.resolve(object);
  }

  read(kind: ObjectKind, name: ObjectName): Promise<Properties | undefined> {
    return promised(() => {
      this.mustBeReachable();
      return this.find(kind, name);
    });
  }

  delete(kind: ObjectKind, name: ObjectName): Promise<void> {
    return promised(() => {
      this.mustBeReachable();
      this.inventory.remove(this.key(kind, name));
      if (kind.kind !== "Namespace" || kind.group !== "") return;
      // What is in a namespace goes with it.
      const inside = this.inventory.list({ scope: this.clusterId }).filter(({ id }) => id.startsWith(`${name.name}/`));
      for (const record of inside) this.inventory.remove(record);
    });
  }

  private key({ apiVersion, kind, group }: ObjectKind, name: ObjectName) {
    const groupVersion = group === "" ? `core/${apiVersion}` : apiVersion;
    return { type: `kubernetes:${groupVersion}:${kind}`, scope: this.clusterId, id: idOf(name) };
  }

  private find(kind: ObjectKind, name: ObjectName): Properties | undefined {
    const record = this.inventory.get(this.key(kind, name));
    return record === undefined ? undefined : { ...record.properties, ...record.secrets };
  }

  /** Sealed: what a Secret holds, and the whole body of an object that has a secret anywhere else. */
  private store(kind: ObjectKind, name: ObjectName, live: Properties, sensitive: boolean): void {
    const { apiVersion, metadata, data, ...body } = live;
    const key = { ...this.key(kind, name), label: name.name };
    if (isSecretKind(kind)) {
      const properties = present({ apiVersion, metadata, ...body });
      this.inventory.put({ ...key, properties, secrets: present({ data }) });
    } else if (sensitive) {
      this.inventory.put({ ...key, properties: {}, secrets: live });
    } else this.inventory.put({ ...key, properties: live });
  }

  private mustBeReachable(): void {
    const cluster = this.inventory.get({ type: hostedClusterType, id: this.clusterId });
    if (cluster !== undefined && leadsTo(cluster, this.server)) return;
    throw new UnreachableError(
      `The Kubernetes cluster ${this.clusterId} at ${this.server} is unreachable: it is not in the inventory. If it was ` +
        "deleted on purpose, set deleteUnreachable on its provider and refresh.",
    );
  }

  private namespaceMustExist(kind: ObjectKind, { namespace, name }: ObjectName): void {
    if (namespace === undefined || builtInNamespaces.has(namespace)) return;
    const key = { type: "kubernetes:core/v1:Namespace", scope: this.clusterId, id: namespace };
    if (this.inventory.get(key) !== undefined) return;
    throw new Error(
      `${kind.kind} ${name}: namespace ${namespace} does not exist. ` +
        "Take the name from the Namespace resource's output, so that it is made first.",
    );
  }

  private isNamespaced({ apiVersion, kind, namespaced }: ObjectKind): boolean | undefined {
    return (
      namespaced ?? isNamespacedCustomResource(apiVersion, kind) ?? this.definitions().get(`${apiVersion} ${kind}`)
    );
  }

  private definitions(): ReadonlyMap<string, boolean> {
    const made = this.inventory.list({ type: definitionType, scope: this.clusterId });
    return new Map([...this.announced, ...made.flatMap(({ properties }) => [...definedKinds(properties)])]);
  }

  private announce({ kind }: ObjectKind, object: Properties): void {
    if (kind !== "CustomResourceDefinition") return;
    for (const [name, namespaced] of definedKinds(object)) this.announced.set(name, namespaced);
  }

  private undefinedKind({ apiVersion, kind }: ObjectKind): string {
    const known = [...knownCustomResources, ...this.definitions().keys()].join(", ");
    return (
      `no CustomResourceDefinition brings ${apiVersion} ${kind} to this cluster. Known: ${known}. Make the definition ` +
      "first, or add the kind in src/rehearsal/providers/kubernetes/custom-resources.ts."
    );
  }
}

/** Runs at once, with what it throws as a rejection. */
const promised = <T>(run: () => T): Promise<T> => new Promise((resolve) => resolve(run()));

/** The object as the API server keeps it: what was applied, with what the server and its controllers fill in. */
const liveObject = (kind: ObjectKind, object: Properties, old: Properties | undefined): Properties => {
  const before = old === undefined ? {} : metadataOf(old);
  const uid = textOf(before.uid ?? randomUUID());
  const changed = old === undefined || propertyDiff(old.spec, object.spec).length > 0;
  const generation = Number(before.generation ?? 0) + (changed ? 1 : 0);
  const body = { ...object, ...specWithAssigned(kind, object, old, uid) };
  const status = statusFor(kind, body, generation);
  return {
    ...withMetadata(body, {
      uid,
      generation,
      creationTimestamp: before.creationTimestamp ?? new Date().toISOString(),
      resourceVersion: createHash("sha256").update(JSON.stringify(object)).digest("hex").slice(0, 12),
    }),
    ...(status === undefined ? {} : { status }),
  };
};

const specWithAssigned = (
  kind: ObjectKind,
  object: Properties,
  old: Properties | undefined,
  uid: string,
): Properties => {
  if (!isProperties(object.spec)) return {};
  const clusterIP = at(old, ["spec", "clusterIP"]);
  // Replicas that the object leaves open belong to an autoscaler, which has set them.
  const replicas = at(old, ["spec", "replicas"]);
  const kept = present({ clusterIP, replicas });
  return { spec: { ...assigned(kind, object, uid), ...kept, ...object.spec } };
};

const refuseImmutable = (kind: ObjectKind, old: Properties, object: Properties): void => {
  const paths = immutablePaths(kind, old);
  const changes = propertyDiff(old, object).filter(({ kind: how, path }) => how === "update" && touches(path, paths));
  const [first] = changes;
  if (first === undefined) return;
  throw new Error(`${kind.kind} ${idOf(nameOf(object))}: ${pathText(first.path)} is immutable. Replace the object.`);
};
