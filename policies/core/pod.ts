import type { Field } from "./field";

/** What a pod would be made from: a Pod itself, or the template of whatever makes pods. */
export interface Pod {
  readonly metadata: Field;
  readonly spec: Field;
  /** Every container, of whatever sort: init containers and sidecars first, then the pod's own, then ephemeral ones. */
  readonly containers: readonly Field[];
  /** Those that have resources of their own: ephemeral ones can't. */
  readonly resourcedContainers: readonly Field[];
}

/** Where each kind that carries a pod template has it. */
const templates: Readonly<Record<string, readonly string[]>> = {
  "/Pod": [],
  "/PodTemplate": ["template"],
  "/ReplicationController": ["spec", "template"],
  "apps/Deployment": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "apps/DaemonSet": ["spec", "template"],
  "extensions/Deployment": ["spec", "template"],
  "extensions/ReplicaSet": ["spec", "template"],
  "extensions/DaemonSet": ["spec", "template"],
  "batch/Job": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
};

/** Whether objects of this kind carry a pod template. */
export const carriesPod = (group: string, kind: string): boolean => Object.hasOwn(templates, `${group}/${kind}`);

export const podOf = (group: string, kind: string, root: Field): Pod | undefined => {
  if (!carriesPod(group, kind)) return undefined;
  const template = root.get(...(templates[`${group}/${kind}`] ?? []));
  const spec = template.get("spec");
  const resourcedContainers = [...spec.get("initContainers").items(), ...spec.get("containers").items()];
  return {
    metadata: template.get("metadata"),
    spec,
    resourcedContainers,
    containers: [...resourcedContainers, ...spec.get("ephemeralContainers").items()],
  };
};
