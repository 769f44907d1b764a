import { NotReadyError, UnreachableError } from "../errors";
import { propertyDiff } from "../property-diff";
import type { Provider } from "../stand-in";
import { hasSecret, hasUnknown, isProperties, keepSecrets, present, reveal, unknown, type Properties } from "../values";
import { ObjectNotReadyError, type ApplyOptions, type ClusterBackend } from "./backend";
import type { KubernetesConfig } from "./config";
import { driftedInputs } from "./drift";
import { kindOfType, type ObjectKind } from "./kinds";
import { isAutonamed, named } from "./naming";
import {
  annotation,
  idOf,
  manifestOf,
  metadataOf,
  nameOf,
  nameOfId,
  withMetadata,
  withoutManagedFields,
} from "./object";
import { replacingPaths, touches } from "./replacement";
import { storedForm, withSecretContent, writtenForm } from "./secrets";

/** Seconds that an object has to become ready, or to be gone, where neither it nor its cluster's host says otherwise. */
const defaultReadyWithinSeconds = 120;

/** A provider as far as objects go. */
export type ObjectProvider = Omit<Provider, "invoke">;

/** What is to be applied, and how. */
interface ApplyRequest {
  readonly inputs: Properties;
  readonly isNew: boolean;
  /** Seconds; 0 where the resource names none. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** One configured Kubernetes provider, in front of one cluster. */
export const kubernetesProvider = (
  cluster: ClusterBackend,
  config: KubernetesConfig,
  readyWithinSeconds = defaultReadyWithinSeconds,
): ObjectProvider => {
  const waitOptions = (object: Properties, timeout: number, signal: AbortSignal) => {
    const annotated = Number(annotation(object, "pulumi.com/timeoutSeconds"));
    return {
      signal,
      timeout: timeout > 0 ? timeout : annotated > 0 ? annotated : readyWithinSeconds,
      skipAwait: annotation(object, "pulumi.com/skipAwait") === "true",
    };
  };

  const applyOptions = (request: ApplyRequest, object: Properties): ApplyOptions => ({
    ...waitOptions(object, request.timeout, request.signal),
    mustBeNew: request.isNew,
    upsert: config.upsert,
    force: config.patchForce || annotation(object, "pulumi.com/patchForce") === "true",
    sensitive: hasSecret(request.inputs),
  });

  const previewed = async (kind: ObjectKind, request: ApplyRequest): Promise<Properties> => {
    const object = storedForm(kind, manifestOf(request.inputs));
    const live = hasUnknown(object) ? undefined : await cluster.preview(kind, object, applyOptions(request, object));
    return outputsOf(kind, request.inputs, live ?? request.inputs);
  };

  const applied = async (kind: ObjectKind, request: ApplyRequest): Promise<Properties> => {
    const { inputs } = request;
    const object = storedForm(kind, manifestOf(inputs));
    try {
      return outputsOf(kind, inputs, await cluster.apply(kind, object, applyOptions(request, object)));
    } catch (error) {
      if (!(error instanceof ObjectNotReadyError)) throw error;
      throw new NotReadyError(idOf(nameOf(error.live)), outputsOf(kind, inputs, error.live), inputs, error.reasons);
    }
  };

  const drifted = async (kind: ObjectKind, oldInputs: Properties, live: Properties): Promise<Properties> => {
    const written = (object: Properties): Properties => writtenForm(kind, object, oldInputs);
    const expected = await cluster.expected(kind, storedForm(kind, manifestOf(oldInputs)));
    const inputs = driftedInputs(oldInputs, written(live), expected && written(expected));
    return isProperties(inputs) ? inputs : oldInputs;
  };

  return {
    async check({ type, inputs, oldInputs, name, urn, randomSeed }) {
      const kind = kindOfType(type);
      const asked: Properties = { apiVersion: kind.apiVersion, kind: kind.kind, ...inputs };
      const complete = inNamespace(
        named(asked, { resource: name, urn, seed: randomSeed, before: oldInputs }),
        kind,
        config,
      );
      return { inputs: complete, failures: await cluster.check(kind, manifestOf(complete)) };
    },

    diff({ type, oldInputs, inputs }) {
      const kind = kindOfType(type);
      const before = reveal(oldInputs);
      const after = reveal(inputs);
      const replacing = replacingPaths(kind, after, config.mutable);
      const changes = propertyDiff(before, after).map((change) => ({
        ...change,
        replaces: touches(change.path, replacing),
      }));
      const sameName = idOf(nameOf(before)) === idOf(nameOf(after));
      return {
        changes,
        deleteBeforeReplace: changes.some(({ replaces }) => replaces) && sameName && !isAutonamed(after),
      };
    },

    async create(request) {
      const kind = kindOfType(request.type);
      if (request.preview) return { id: "", outputs: await previewed(kind, { ...request, isNew: true }) };
      const outputs = await applied(kind, { ...request, isNew: true });
      return { id: idOf(nameOf(reveal(outputs))), outputs };
    },

    async update(request) {
      const kind = kindOfType(request.type);
      try {
        return await (request.preview ? previewed : applied)(kind, { ...request, isNew: false });
      } catch (error) {
        if (error instanceof UnreachableError && config.skipUpdateUnreachable) return request.oldOutputs;
        throw error;
      }
    },

    async read({ type, id, oldInputs, oldOutputs }) {
      const kind = kindOfType(type);
      try {
        const live = await cluster.read(kind, nameOfId(id));
        if (live === undefined) return undefined;
        const inputs = oldInputs === undefined ? importable(live) : await drifted(kind, oldInputs, live);
        return { id, inputs: withSecretContent(kind, inputs), outputs: outputsOf(kind, inputs, live) };
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        if (config.deleteUnreachable) return undefined;
        if (config.skipUpdateUnreachable && oldInputs !== undefined && oldOutputs !== undefined) {
          return { id, inputs: oldInputs, outputs: oldOutputs };
        }
        throw error;
      }
    },

    async delete({ type, id, oldInputs, timeout, signal }) {
      try {
        await cluster.delete(kindOfType(type), nameOfId(id), waitOptions(reveal(oldInputs), timeout, signal));
      } catch (error) {
        if (!(error instanceof UnreachableError) || !config.deleteUnreachable) throw error;
      }
    },
  };
};

/** The object in a namespace, where its kind lives in one: what it doesn't say, the provider's argument does. */
const inNamespace = (object: Properties, { namespaced }: ObjectKind, config: KubernetesConfig): Properties => {
  if (namespaced !== true || object.metadata === unknown) return object;
  const { namespace } = metadataOf(object);
  return (namespace ?? null) === null ? withMetadata(object, { namespace: config.namespace }) : object;
};

const outputsOf = (kind: ObjectKind, inputs: Properties, live: Properties): Properties =>
  withSecretContent(kind, keepSecrets(inputs, withoutManagedFields(live)) as Properties);

/** Of an object that Pulumi didn't make: what somebody could have declared. */
const importable = (live: Properties): Properties => {
  const { status: _status, ...declared } = live;
  const { name, namespace, labels, annotations } = metadataOf(live);
  return { ...declared, metadata: present({ name, namespace, labels, annotations }) };
};
