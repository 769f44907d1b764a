import type { PropertyPath } from "../property-path";
import type { CheckFailure } from "../stand-in";
import { isList, isProperties, textOf, unknown, type Properties, type Value } from "../values";
import type { ObjectKind } from "./kinds";
import { at } from "./object";

/** What the API server refuses besides unknown and mistyped fields, as far as programs stumble over it. */
export const checkRules = (object: Properties, kind: ObjectKind): CheckFailure[] => [
  ...nameFailures(object, kind),
  ...labelFailures(at(object, ["metadata", "labels"]), ["metadata", "labels"]),
  ...selectorFailures(object, kind),
  ...containerFailures(object, kind),
];

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const subdomain = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const nameFailures = (object: Properties, { kind, group, namespaced }: ObjectKind): CheckFailure[] => {
  const failures: CheckFailure[] = [];
  const name = at(object, ["metadata", "name"]);
  const path = ["metadata", "name"];
  if (typeof name === "string" && name !== unknown && group !== "rbac.authorization.k8s.io") {
    const isLabel = kind === "Namespace" || kind === "Service";
    if (!(isLabel ? label : subdomain).test(name)) {
      const limit = isLabel
        ? "at most 63 lower-case letters, digits and -"
        : "at most 253 lower-case letters, digits, - and .";
      failures.push({
        path,
        reason: `found ${JSON.stringify(name)}, wanted ${limit}, with a letter or digit at each end`,
      });
    }
  }
  if (at(object, ["metadata", "generateName"]) !== undefined) {
    failures.push({
      path: ["metadata", "generateName"],
      reason: "server-side apply needs a name; leave both out to get one",
    });
  }
  const namespace = at(object, ["metadata", "namespace"]);
  if (namespaced === false && typeof namespace === "string") {
    failures.push({ path: ["metadata", "namespace"], reason: `${kind} is not in any namespace` });
  } else if (typeof namespace === "string" && namespace !== unknown && !label.test(namespace)) {
    failures.push({
      path: ["metadata", "namespace"],
      reason: `${JSON.stringify(namespace)} cannot be a namespace's name`,
    });
  }
  return failures;
};

const labelKey = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelFailures = (labels: Value | undefined, path: PropertyPath): CheckFailure[] => {
  if (!isProperties(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => {
    if (!labelKey.test(key))
      return [{ path: [...path, key], reason: `${JSON.stringify(key)} cannot be a label's key` }];
    if (typeof value !== "string" || value === unknown || labelValue.test(value)) return [];
    const reason = `found ${JSON.stringify(value)}, wanted at most 63 letters, digits, - _ . with a letter or digit at each end`;
    return [{ path: [...path, key], reason }];
  });
};

/** A workload that doesn't select its own pods is refused. */
const selectorFailures = (object: Properties, { group, kind }: ObjectKind): CheckFailure[] => {
  if (group !== "apps" || !["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].includes(kind)) return [];
  const spec = at(object, ["spec"]);
  if (spec === unknown) return [];
  const selector = at(object, ["spec", "selector", "matchLabels"]);
  const labels = at(object, ["spec", "template", "metadata", "labels"]);
  if (at(object, ["spec", "selector"]) === undefined)
    return [{ path: ["spec", "selector"], reason: "missing, and required" }];
  if (!isProperties(selector) || labels === unknown || at(object, ["spec", "template"]) === unknown) return [];
  const unselected = Object.entries(selector).filter(([key, value]) => {
    const found = isProperties(labels) ? labels[key] : undefined;
    return value !== unknown && found !== unknown && found !== value;
  });
  return unselected.map(([key, value]) => ({
    path: ["spec", "template", "metadata", "labels", key],
    reason: `the selector wants ${JSON.stringify(value)}, so these pods would not be selected`,
  }));
};

/** Where the pod's spec stands in each kind that has one. */
const podSpecs: Readonly<Record<string, PropertyPath>> = {
  Pod: ["spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
  ...Object.fromEntries(
    ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"].map((kind) => [kind, ["spec", "template", "spec"]]),
  ),
};

/** A StatefulSet's claims are volumes of its pods, by the claims' names. */
const claimNames = (object: Properties): (Value | undefined)[] => {
  const claims = at(object, ["spec", "volumeClaimTemplates"]);
  return isList(claims) ? claims.map((claim) => (isProperties(claim) ? at(claim, ["metadata", "name"]) : claim)) : [];
};

/** A container without image, a mount of a volume that the pod doesn't have. */
const containerFailures = (object: Properties, { model, kind }: ObjectKind): CheckFailure[] => {
  const path = model === undefined ? undefined : podSpecs[kind];
  const pod = path === undefined ? undefined : at(object, path);
  if (path === undefined || !isProperties(pod)) return [];
  const volumes = isList(pod.volumes) ? pod.volumes : [];
  const names = new Set([...volumes.filter(isProperties).map(({ name }) => name), ...claimNames(object)]);
  const volumesKnown = pod.volumes !== unknown && !names.has(unknown) && !volumes.includes(unknown);
  return ["initContainers", "containers"].flatMap((field) => {
    const containers = pod[field];
    if (!isList(containers)) {
      const missing = field === "containers" && containers !== unknown;
      return missing ? [{ path: [...path, field], reason: "missing, and required" }] : [];
    }
    return containers.flatMap((container, index) => {
      if (!isProperties(container)) return [];
      const here = [...path, field, index];
      const missing = ["name", "image"].filter((name) => (container[name] ?? null) === null);
      const mounts = isList(container.volumeMounts) ? container.volumeMounts.filter(isProperties) : [];
      const dangling = mounts.filter(({ name }) => volumesKnown && name !== unknown && !names.has(name));
      return [
        ...missing.map((name) => ({ path: [...here, name], reason: "missing, and required" })),
        ...dangling.map(({ name }) => ({
          path: [...here, "volumeMounts"],
          reason: `the pod has no volume ${textOf(name)}`,
        })),
      ];
    });
  });
};
