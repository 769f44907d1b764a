import { didYouMean } from "../nearest-name";
import type { PropertyPath } from "../property-path";
import type { CheckFailure } from "../stand-in";
import { isList, isProperties, kindOf, shown, textOf, unknown, type Properties, type Value } from "../values";
import { modelClass } from "./kinds";

/** What a field may be, compiled once from the client's description of its type. */
type FieldType =
  | { readonly kind: "string" | "number" | "boolean" | "date" | "intOrString" | "quantity" | "any" }
  | { readonly kind: "list" | "map"; readonly of: FieldType }
  | { readonly kind: "model"; readonly name: string };

/**
 * Fields that are quantities (or maps of them), which the client describes as mere text.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const quantityFields: ReadonlySet<string> = new Set([
  "V1ContainerResource.divisor",
  "V1EmptyDirVolumeSource.sizeLimit",
  "V1LimitRangeItem._default",
  "V1LimitRangeItem.default",
  "V1LimitRangeItem.defaultRequest",
  "V1LimitRangeItem.max",
  "V1LimitRangeItem.maxLimitRequestRatio",
  "V1LimitRangeItem.min",
  "V1NodeStatus.allocatable",
  "V1NodeStatus.capacity",
  "V1PersistentVolumeSpec.capacity",
  "V1PodSpec.overhead",
  "V1ResourceQuotaSpec.hard",
  "V1ResourceRequirements.limits",
  "V1ResourceRequirements.requests",
  "V1VolumeResourceRequirements.limits",
  "V1VolumeResourceRequirements.requests",
  "V2MetricTarget.averageValue",
  "V2MetricTarget.value",
]);

const quantity = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** Mistakes in an object's fields: unknown names, wrong types, quantities that are none. Unknown values are not judged. */
export const checkFields = (object: Properties, model: string): CheckFailure[] => {
  const failures: CheckFailure[] = [];
  checkModel(object, model, [], failures);
  return failures;
};

const checkModel = (value: Properties, model: string, path: PropertyPath, failures: CheckFailure[]): void => {
  const fields = fieldsOf(model);
  for (const name in value) {
    const field = value[name] as Value;
    const type = fields.get(name);
    if (type === undefined) {
      const reason = `no such field in ${model.replace(/^V\d+/, "")}.${didYouMean(name, [...fields.keys()])}`;
      failures.push({ path: [...path, name], reason });
    } else if (field !== null && field !== unknown) checkValue(field, type, [...path, name], failures);
  }
};

const checkValue = (value: Value, type: FieldType, path: PropertyPath, failures: CheckFailure[]): void => {
  if (value === unknown || value === null) return;
  switch (type.kind) {
    case "any":
      return;
    case "model":
      if (isProperties(value)) checkModel(value, type.name, path, failures);
      else failures.push(mistyped(value, "object", path));
      return;
    case "list":
      if (isList(value)) value.forEach((item, index) => checkValue(item, type.of, [...path, index], failures));
      else failures.push(mistyped(value, "list", path));
      return;
    case "map":
      if (isProperties(value)) {
        for (const name in value) checkValue(value[name] as Value, type.of, [...path, name], failures);
      } else failures.push(mistyped(value, "map", path));
      return;
    case "intOrString":
      if (typeof value !== "string" && typeof value !== "number")
        failures.push(mistyped(value, "number or string", path));
      return;
    case "quantity":
      if (!quantity.test(textOf(value)) || typeof value === "object") {
        failures.push({ path, reason: `found ${shown(value)}, wanted a quantity such as 500m, 2 or 10Gi` });
      }
      return;
    default: {
      const wanted = type.kind === "date" ? "string" : type.kind;
      if (typeof value !== wanted) failures.push(mistyped(value, wanted, path));
    }
  }
};

const mistyped = (value: Value, wanted: string, path: PropertyPath): CheckFailure => ({
  path,
  reason: `found a ${kindOf(value)} (${shown(value)}), wanted a ${wanted}`,
});

const fieldsByModel = new Map<string, ReadonlyMap<string, FieldType>>();

const fieldsOf = (model: string): ReadonlyMap<string, FieldType> => {
  const known = fieldsByModel.get(model);
  if (known !== undefined) return known;
  const attributes = modelClass(model)?.getAttributeTypeMap?.();
  if (attributes === undefined) throw new Error(`${model}: the Kubernetes client has no such model`);
  const fields = new Map(
    attributes.map(({ baseName, type }) => {
      const compiled = compile(type);
      return [baseName, quantityFields.has(`${model}.${baseName}`) ? asQuantity(compiled) : compiled];
    }),
  );
  fieldsByModel.set(model, fields);
  return fields;
};

const asQuantity = (type: FieldType): FieldType =>
  type.kind === "map" ? { kind: "map", of: { kind: "quantity" } } : { kind: "quantity" };

/** From the client's own notation: `Array<V1Container>`, `{ [key: string]: string; }`. */
const compile = (type: string): FieldType => {
  const [, item] = /^Array<(.+)>$/.exec(type) ?? [];
  if (item !== undefined) return { kind: "list", of: compile(item) };
  const [, entry] = /^\{ \[key: string\]: (.+); \}$/.exec(type) ?? [];
  if (entry !== undefined) return { kind: "map", of: compile(entry) };
  switch (type) {
    case "string":
    case "number":
    case "boolean":
    case "any":
      return { kind: type };
    case "Date":
    case "V1MicroTime":
      return { kind: "date" };
    case "IntOrString":
      return { kind: "intOrString" };
    default:
      return { kind: "model", name: type };
  }
};
