import { createHash, randomBytes } from "node:crypto";

import type { InventoryRecord } from "../../inventory";
import { kept, type KeptType } from "../kept-type";
import { missingName } from "../missing-name";
import type { CheckFailure } from "../stand-in";
import type { EntryServices, ResourceEntry } from "../table-package";
import { isList, isProperties, textOf, unknown, type Properties, type Value } from "../values";
import { regionOf } from "./account";
import { AwsApiError } from "./api-error";

/** A type of AWS, in as far as it differs from the others. */
export interface AwsType extends Pick<
  KeptType,
  "secretOutputs" | "fills" | "shapes" | "check" | "changing" | "applied"
> {
  /** `aws:eks/cluster:Cluster`. */
  readonly token: string;
  /** Inputs whose change makes a new resource. @default none */
  readonly replaces?: readonly string[];
  /** The input that names it, where AWS wants each name once. */
  readonly name?: string;
  /**
   * Whether the provider may make the name up, which then is an output. It does so for every type; here a name is wanted
   * for those whose names people and policies go by.
   * @default false
   */
  readonly nameMadeUp?: boolean;
  /** Its id. @default the name */
  id?(inputs: Properties): string;
  /** Inputs, by their dotted path, that hold the id or ARN of things which must be there, and of which type. */
  readonly refers?: Readonly<Record<string, string>>;
  /** What AWS says where something it refers to isn't there. @default ResourceNotFoundException */
  readonly missing?: string;
  /** Types that refer to this one and keep it from being deleted while they do, and what AWS says then. */
  readonly heldBy?: { readonly code: string; readonly types: readonly string[] };
  /** What is wrong with its creation, such as a range that meets another's. @throws AwsApiError */
  creating?(inputs: Properties, services: EntryServices): void;
  outputs?(
    inputs: Properties,
    id: string,
    place: { readonly region: string; readonly services: EntryServices },
  ): Properties;
  removed?(id: string, properties: Properties, services: EntryServices): Promise<void> | void;
}

/** An id as EC2 gives them: `subnet-0a1b…`. */
export const newId = (prefix: string): string => `${prefix}-0${randomBytes(8).toString("hex")}`;

/** A name that nothing else has. */
export const madeUpName = (prefix: Value | undefined, otherwise: string): string =>
  `${typeof prefix === "string" ? prefix : otherwise}${randomBytes(4).toString("hex")}`;

/** The same digits for the same text. */
export const digestOf = (text: string, length: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length);

/** The entries of all types; a type's own deletion looks at those that refer to it. */
export const awsEntries = (types: readonly AwsType[]): Readonly<Record<string, ResourceEntry>> =>
  Object.fromEntries(types.map((type) => [type.token, kept(keptType(type, types))]));

const keptType = (type: AwsType, all: readonly AwsType[]): KeptType => {
  const { token, name } = type;
  const [, path = ""] = token.split(":");
  return {
    ...type,
    module: `@pulumi/aws/${path}`,
    replaces: [...(type.replaces ?? []), ...(name === undefined ? [] : [name])],
    fills: ["region", ...(type.nameMadeUp === true && name !== undefined ? [name] : []), ...(type.fills ?? [])],
    label: (inputs) => labelOf(type, inputs),
    check: (inputs) => [...nameFailures(type, inputs), ...(type.check?.(inputs) ?? [])],
    id: (inputs, services) => {
      for (const [at, target] of Object.entries(type.refers ?? {})) {
        for (const value of valuesAt(inputs, at.split("."))) {
          if (find(target, value, services) === undefined) {
            const [, , kind = target] = target.split(":");
            throw new AwsApiError(type.missing ?? "ResourceNotFoundException", `${at}: there is no ${kind} ${value}.`);
          }
        }
      }
      type.creating?.(inputs, services);
      const id = type.id?.(inputs) ?? textOf(inputs[name ?? "name"]);
      if (services.inventory.get({ type: token, id }) !== undefined) {
        throw new AwsApiError(
          "AlreadyExists",
          `${token}: there is one with the id ${id} already. Import it, or delete it.`,
        );
      }
      return id;
    },
    outputs: (inputs, id, services) => {
      const region = regionOf(inputs, services);
      return { region, tagsAll: tagsOf(inputs, services), ...type.outputs?.(inputs, id, { region, services }) };
    },
    removed: async (id, properties, services) => {
      refuseWhileHeld(type, id, properties, { all, services });
      await type.removed?.(id, properties, services);
    },
  };
};

/** The record of this type with this id or ARN. */
export const find = (
  type: string,
  idOrArn: string,
  { inventory }: Pick<EntryServices, "inventory">,
): InventoryRecord | undefined =>
  inventory.get({ type, id: idOrArn }) ?? inventory.list({ type }).find(({ properties }) => properties.arn === idOrArn);

const valuesAt = (value: Value | undefined, [step, ...rest]: readonly string[]): string[] => {
  if (value === undefined || value === null) return [];
  if (isList(value)) return value.flatMap((item) => valuesAt(item, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return [textOf(value)];
  return isProperties(value) ? valuesAt(value[step], rest) : [];
};

/** What has no name is told apart by all that it was asked to be. */
const labelOf = ({ name }: AwsType, inputs: Properties): string => {
  const tags = isProperties(inputs.tags) ? inputs.tags : {};
  return textOf(inputs[name ?? "name"] ?? tags.Name ?? JSON.stringify(inputs));
};

const nameFailures = ({ name, nameMadeUp }: AwsType, inputs: Properties): CheckFailure[] =>
  name === undefined || nameMadeUp === true ? [] : missingName(inputs, name);

/** With the tags that the provider gives everything. */
const tagsOf = ({ tags }: Properties, { config }: EntryServices): Properties => {
  const { defaultTags } = config;
  const given = typeof defaultTags === "string" ? (JSON.parse(defaultTags) as Value) : defaultTags;
  const all = isProperties(given) && isProperties(given.tags) ? given.tags : {};
  return { ...all, ...(isProperties(tags) ? tags : {}) };
};

const refuseWhileHeld = (
  { token, heldBy }: AwsType,
  id: string,
  properties: Properties,
  { all, services }: { readonly all: readonly AwsType[]; readonly services: EntryServices },
): void => {
  if (heldBy === undefined) return;
  const keys = [id, textOf(properties.arn)];
  for (const other of all.filter((type) => heldBy.types.includes(type.token))) {
    const places = Object.entries(other.refers ?? {}).filter(([, target]) => target === token);
    const holder = services.inventory
      .list({ type: other.token })
      .find((record) =>
        places.some(([at]) => valuesAt(record.properties, at.split(".")).some((key) => keys.includes(key))),
      );
    if (holder === undefined) continue;
    throw new AwsApiError(heldBy.code, `${id} has a dependent ${other.token} ${holder.id}: delete that one first.`);
  }
};

/** A text that must be known and one of a few: what is wrong with it. */
export const wrongChoice = (inputs: Properties, name: string, allowed: readonly string[]): CheckFailure[] => {
  const value = inputs[name];
  if (value === undefined || value === null || value === unknown || allowed.includes(textOf(value))) return [];
  return [{ path: [name], reason: `found ${JSON.stringify(value)}, allowed: ${allowed.join(", ")}` }];
};
