import { setTimeout as sleep } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";

import { textOf, type Properties } from "../../values";
import { at, idOf, metadataOf, nameOf, type ObjectName } from "../object";
import {
  alreadyExists,
  ObjectNotReadyError,
  type ApplyOptions,
  type ClusterBackend,
  type WaitOptions,
} from "../backend";
import type { ObjectKind } from "../kinds";
import { Api, ApiError, notFound } from "./api";
import { conditionOf, readinessOf, type Readiness } from "./readiness";
import { reasonsFor, refusalOf } from "./reasons";

/** Whose fields they are, to the API server: one manager for all, so that a run goes on where a killed one ended. */
const fieldManager = "pulumi-kubernetes";

/** Milliseconds between two looks at an object, growing while nothing happens. */
const pollMs = { first: 50, most: 1000, growth: 1.5 };

/** A cluster with a real API server, which judges everything itself: strict about fields, and dry-running at preview. */
export class RealCluster implements ClusterBackend {
  private readonly api: Api;

  constructor(kubeconfig: KubeConfig) {
    this.api = new Api(kubeconfig);
  }

  check(): readonly [] {
    return [];
  }

  async preview(kind: ObjectKind, object: Properties, options: ApplyOptions): Promise<Properties | undefined> {
    try {
      return await this.patch(kind, object, options, true);
    } catch (error) {
      // Its namespace or its definition is yet to be made.
      if (notFound(error)) return undefined;
      // What is to be replaced stands where the new one will be.
      const isInTheWay = error instanceof ApiError && [409, 422].includes(error.status) && options.mustBeNew;
      if (isInTheWay && (await this.read(kind, nameOf(object))) !== undefined) return undefined;
      throw error;
    }
  }

  async apply(kind: ObjectKind, object: Properties, options: ApplyOptions): Promise<Properties> {
    const name = nameOf(object);
    if (options.mustBeNew && !options.upsert && (await this.read(kind, name)) !== undefined) {
      throw alreadyExists(kind, idOf(name));
    }
    const applied = await this.patch(kind, object, options, false);
    return options.skipAwait ? applied : this.untilReady(kind, applied, options);
  }

  async expected(kind: ObjectKind, object: Properties): Promise<Properties | undefined> {
    try {
      return await this.patch(kind, object, { force: true }, true);
    } catch (error) {
      // Something changed what cannot be changed back in place; every difference from the inputs is drift then.
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  async read(kind: ObjectKind, name: ObjectName): Promise<Properties | undefined> {
    try {
      return await this.api.call({ method: "GET", path: await this.api.pathOf(kind, name) });
    } catch (error) {
      if (notFound(error)) return undefined;
      throw error;
    }
  }

  async delete(kind: ObjectKind, name: ObjectName, options: WaitOptions): Promise<void> {
    try {
      const path = await this.api.pathOf(kind, name);
      // In the foreground: what it made (replica sets, pods) goes first, and it is gone only then.
      await this.api.call({ method: "DELETE", path, query: { propagationPolicy: "Foreground" } });
    } catch (error) {
      if (notFound(error)) return;
      throw error;
    }
    if (!options.skipAwait) await this.untilGone(kind, name, options);
  }

  private async patch(
    kind: ObjectKind,
    object: Properties,
    { force }: Pick<ApplyOptions, "force">,
    dryRun: boolean,
  ): Promise<Properties> {
    try {
      return await this.api.call({
        method: "PATCH",
        path: await this.api.pathOf(kind, nameOf(object)),
        query: { fieldManager, fieldValidation: "Strict", force: String(force), ...(dryRun ? { dryRun: "All" } : {}) },
        body: object,
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const hint =
        error.status === 409
          ? " Leave the field to its other manager (ignoreChanges), or take it over with the annotation pulumi.com/patchForce."
          : "";
      throw new ApiError(error.status, `${kind.kind} ${idOf(nameOf(object))}: ${error.message}${hint}`);
    }
  }

  private async untilReady(
    kind: ObjectKind,
    applied: Properties,
    { signal, timeout }: WaitOptions,
  ): Promise<Properties> {
    const deadline = Date.now() + timeout * 1000;
    let live = applied;
    for (let pause = pollMs.first; ; pause = Math.min(pause * pollMs.growth, pollMs.most)) {
      const readiness = await this.readiness(kind, live);
      if (readiness.state === "ready" || (await this.bindsLater(kind, live))) return live;
      if (readiness.state === "failed" || Date.now() >= deadline || signal.aborted) {
        const end = signal.aborted
          ? "cancelled"
          : readiness.state === "failed"
            ? "failed"
            : `not ready after ${timeout} s`;
        throw new ObjectNotReadyError(live, [
          `${kind.kind} ${idOf(nameOf(live))} ${end}: ${readiness.reason}`,
          ...(await reasonsFor(this.api, kind, live)),
        ]);
      }
      await pauseFor(pause, signal);
      const now = await this.read(kind, nameOf(live));
      if (now === undefined) throw new Error(`${kind.kind} ${idOf(nameOf(live))} was deleted while it was waited for.`);
      live = now;
    }
  }

  private async readiness(kind: ObjectKind, live: Properties): Promise<Readiness> {
    const readiness = readinessOf(kind, live);
    if (readiness.state !== "waiting" || kind.kind !== "Deployment") return readiness;
    const refusal = await refusalOf(this.api, live);
    return refusal === undefined ? readiness : { state: "failed", reason: refusal };
  }

  /** A claim whose volume is only made once a pod uses it is as ready as it gets. */
  private async bindsLater({ group, kind }: ObjectKind, live: Properties): Promise<boolean> {
    if (group !== "" || kind !== "PersistentVolumeClaim") return false;
    const storageClass = at(live, ["spec", "storageClassName"]);
    if (typeof storageClass !== "string" || storageClass === "") return false;
    try {
      const path = `/apis/storage.k8s.io/v1/storageclasses/${encodeURIComponent(storageClass)}`;
      const { volumeBindingMode } = await this.api.call({ method: "GET", path });
      return volumeBindingMode === "WaitForFirstConsumer";
    } catch (error) {
      if (notFound(error)) return false;
      throw error;
    }
  }

  private async untilGone(kind: ObjectKind, name: ObjectName, { signal, timeout }: WaitOptions): Promise<void> {
    const deadline = Date.now() + timeout * 1000;
    const first = await this.read(kind, name);
    for (
      let live = first, pause = pollMs.first;
      live !== undefined;
      pause = Math.min(pause * pollMs.growth, pollMs.most)
    ) {
      // Something made a new one of that name; the one to delete is gone.
      if (metadataOf(live).uid !== metadataOf(first ?? live).uid) return;
      if (Date.now() >= deadline || signal.aborted) {
        const end = signal.aborted ? "cancelled" : `still there after ${timeout} s`;
        throw new Error(`${kind.kind} ${idOf(name)} ${end}: ${whatHolds(live)}`);
      }
      await pauseFor(pause, signal);
      live = await this.read(kind, name);
    }
  }
}

const pauseFor = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  // An abort ends the pause; the caller looks at the signal next.
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
};

/** What a deletion waits for, as far as the object says. */
const whatHolds = (live: Properties): string => {
  const conditions = ["NamespaceContentRemaining", "NamespaceFinalizersRemaining", "NamespaceDeletionDiscoveryFailure"];
  const messages = conditions.flatMap((type) => {
    const condition = conditionOf(live, type);
    return condition?.status === "True" ? [textOf(condition.message)] : [];
  });
  const finalizers = JSON.stringify(metadataOf(live).finalizers ?? []);
  return [...messages, `its finalizers are ${finalizers}`].join(" ");
};
