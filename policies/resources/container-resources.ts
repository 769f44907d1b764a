import { mandatory, type PodRule } from "../core/rule";

const measured = ["cpu", "memory", "ephemeral-storage"] as const;

const isQuantity = (value: unknown): boolean =>
  (typeof value === "string" && value !== "") || (typeof value === "number" && Number.isFinite(value));

const requireResources = (
  facts: Pick<PodRule, "name" | "title" | "why" | "severity"> & { readonly of: "requests" | "limits" },
): PodRule => ({
  ...facts,
  scope: "pod",
  group: "resources",
  fix: `resources: { ${facts.of}: { cpu: 100m, memory: 128Mi, ephemeral-storage: 100Mi } }`,
  link: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  enforcement: mandatory,
  judge: ({ resourcedContainers }, judge) => {
    for (const container of resourcedContainers) {
      for (const resource of measured) {
        judge.require(container.get("resources", facts.of, resource), isQuantity, "a quantity");
      }
    }
  },
});

/** Every container says what it needs, so that the scheduler and the autoscaler know. */
export const requireResourceRequests = requireResources({
  name: "require-resource-requests",
  of: "requests",
  title: "Every container requests cpu, memory and ephemeral storage",
  why: "the scheduler would place the pod without knowing what it needs",
  severity: "medium",
});

/** Every container says where it must stop, so that one cannot starve a node. */
export const requireResourceLimits = requireResources({
  name: "require-resource-limits",
  of: "limits",
  title: "Every container is limited in cpu, memory and ephemeral storage",
  why: "one container could starve every other on its node",
  severity: "medium",
});
