import type { Field } from "../core/field";
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
      const given = container.get("resources", facts.of);
      const missing = measured.filter((resource) => !isGiven(given.get(resource)));
      const unknown = missing.map((resource) => given.get(resource)).filter(({ isUnknown }) => isUnknown);
      for (const field of unknown) judge.undecided(field);
      if (missing.length > unknown.length) judge.violation(given, measured.join(", "), describe(given));
    }
  },
});

const isGiven = (field: Field): boolean => !field.isUnknown && isQuantity(field.value);

const describe = (given: Field): string => {
  const named = measured.filter((resource) => isGiven(given.get(resource)));
  return named.length === 0 ? "nothing" : named.join(", ");
};

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
