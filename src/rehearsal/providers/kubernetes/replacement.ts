import type { PropertyPath } from "../property-path";
import type { Properties } from "../values";
import type { ObjectKind } from "./kinds";
import { at } from "./object";

/** Fields that cannot change in place, so that the real provider replaces the object. A path means all below it too. */
const always: readonly PropertyPath[] = [["kind"], ["metadata", "name"], ["metadata", "namespace"]];

const selector: PropertyPath = ["spec", "selector"];
const roleRef: readonly PropertyPath[] = [["roleRef"]];

const byKind: Readonly<Record<string, readonly PropertyPath[]>> = {
  "apps/DaemonSet": [selector],
  "apps/Deployment": [selector],
  "apps/StatefulSet": [
    selector,
    ...["podManagementPolicy", "revisionHistoryLimit", "serviceName", "volumeClaimTemplates"].map((field) => [
      "spec",
      field,
    ]),
  ],
  "batch/Job": [selector, ["spec", "completions"], ["spec", "parallelism"], ["spec", "template"]],
  "/PersistentVolumeClaim": [
    selector,
    ...["accessModes", "dataSource", "dataSourceRef", "storageClassName", "volumeMode", "volumeName"].map((field) => [
      "spec",
      field,
    ]),
  ],
  "/Pod": [["spec"]],
  "/ResourceQuota": [["spec", "scopes"]],
  "/Secret": [["type"]],
  "/Service": [["spec", "clusterIP"]],
  "rbac.authorization.k8s.io/ClusterRoleBinding": roleRef,
  "rbac.authorization.k8s.io/RoleBinding": roleRef,
  "scheduling.k8s.io/PriorityClass": [["value"], ["preemptionPolicy"]],
  "storage.k8s.io/StorageClass": [["parameters"], ["provisioner"], ["reclaimPolicy"], ["volumeBindingMode"]],
};

/** Provider arguments that let the data of these kinds change in place. */
export interface Mutability {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

/** The paths of this object whose change replaces it. */
export const replacingPaths = (kind: ObjectKind, object: Properties, mutable: Mutability): readonly PropertyPath[] => {
  const { group, kind: name } = kind;
  const data: PropertyPath[] = [];
  const isImmutable = at(object, ["immutable"]) === true;
  if (group === "" && name === "ConfigMap" && (!mutable.configMaps || isImmutable)) data.push(["data"], ["binaryData"]);
  if (group === "" && name === "Secret" && (!mutable.secrets || isImmutable)) data.push(["data"], ["stringData"]);
  return [...always, ...(byKind[`${group}/${name}`] ?? []), ...data];
};

/** Paths that the API server itself refuses to change. */
export const immutablePaths = (kind: ObjectKind, live: Properties): readonly PropertyPath[] =>
  replacingPaths(kind, live, { configMaps: true, secrets: true }).filter(
    // The provider replaces here by choice; the API server takes the change.
    (path) => !["revisionHistoryLimit", "parallelism"].includes(String(path[1])),
  );

/** Whether a change at `path` touches one of these, from above or from below. */
export const touches = (path: PropertyPath, paths: readonly PropertyPath[]): boolean =>
  paths.some((other) => {
    const length = Math.min(path.length, other.length);
    return path.slice(0, length).every((step, index) => step === other[index]);
  });
