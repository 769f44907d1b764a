import { createHash } from "node:crypto";

import { kept, type KeptType } from "../kept-type";
import { missingName } from "../missing-name";
import type { CheckFailure } from "../stand-in";
import type { EntryServices, ResourceEntry } from "../table-package";
import { textOf, unknown, type Properties, type Value } from "../values";
import { AzureApiError } from "./api-error";
import { subscriptionOf } from "./subscription";

/** A type of Azure, in as far as it differs from the others. */
export interface AzureType extends Pick<
  KeptType,
  "secretOutputs" | "fills" | "shapes" | "check" | "changing" | "applied" | "removed"
> {
  /** `azure-native:network:Subnet`. */
  readonly token: string;
  /**
   * The end of its id, with its inputs in braces: `Microsoft.Network/virtualNetworks/{virtualNetworkName}`. What comes
   * before the last of them must be there. The real provider makes up what is missing of the last; here it is wanted.
   */
  readonly path: string;
  /** The input with the id of what it is put onto. @default it is in a resource group */
  readonly scope?: string;
  /** Whether it is in a place, which is the provider's where it names none. @default false */
  readonly located?: boolean;
  /** Inputs beside those of its id whose change makes a new resource. @default none */
  readonly replaces?: readonly string[];
  /** Inputs with the id of something that must be there. */
  readonly refers?: readonly string[];
  /** What is wrong with its creation, such as a name that all of Azure has once. @throws AzureApiError */
  creating?(inputs: Properties, services: EntryServices): void;
  outputs?(inputs: Properties, id: string, services: EntryServices): Properties;
}

export const azureEntry = (type: AzureType): readonly [string, ResourceEntry] => [type.token, kept(keptType(type))];

const keptType = (type: AzureType): KeptType => {
  const { token, path, located = false } = type;
  const named = placeholders(path);
  const own = named.at(-1) ?? "";
  const before = [type.scope ?? "resourceGroupName", ...named.slice(0, -1)];
  return {
    ...type,
    module: moduleOf(token),
    replaces: [...new Set([...before, ...named, ...(located ? ["location"] : []), ...(type.replaces ?? [])])],
    fills: ["name", "type", ...(located ? ["location"] : []), ...(type.fills ?? [])],
    label: (inputs) => textOf(inputs[own]),
    check: (inputs) => [...missingName(inputs, own), ...(type.check?.(inputs) ?? [])],
    id: (inputs, services) => {
      refuseMissing(type, inputs, services);
      type.creating?.(inputs, services);
      const id = idOf(type, path, inputs, services);
      if (find(id, services) !== undefined) {
        throw new AzureApiError("Conflict", `there is ${id} already. Import it, or delete it.`);
      }
      return id;
    },
    outputs: (inputs, id, services) => ({
      name: textOf(inputs[own]),
      type: path.replaceAll(/\/(\{\w+\}|default)/g, ""),
      ...(located && { location: inputs.location ?? placeOf(inputs, services) }),
      ...type.outputs?.(inputs, id, services),
    }),
  };
};

/** `azure-native:network:PublicIPAddress` is in `network/publicIPAddress`. */
const moduleOf = (token: string): string => {
  const [, module = "", name = ""] = token.split(":");
  return `@pulumi/azure-native/${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}`;
};

const placeholders = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

export const groupId = (group: string, services: EntryServices): string =>
  `/subscriptions/${subscriptionOf(services)}/resourceGroups/${group}`;

const idOf = ({ scope }: AzureType, path: string, inputs: Properties, services: EntryServices): string => {
  const start = scope === undefined ? groupId(textOf(inputs.resourceGroupName), services) : textOf(inputs[scope]);
  return `${start}/providers/${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => textOf(inputs[name]))}`;
};

const refuseMissing = (type: AzureType, inputs: Properties, services: EntryServices): void => {
  const parents = /^(.*\})\/.*\{/.exec(type.path)?.[1];
  const group = textOf(inputs.resourceGroupName);
  if (type.scope === undefined && find(groupId(group, services), services) === undefined) {
    throw new AzureApiError("ResourceGroupNotFound", `there is no resource group ${group}.`);
  }
  const wanted = [
    ...(parents === undefined ? [] : [idOf(type, parents, inputs, services)]),
    ...[type.scope, ...(type.refers ?? [])].flatMap((name) => {
      const id = name === undefined ? undefined : inputs[name];
      return typeof id === "string" && id.split("/").length > 3 ? [id] : [];
    }),
  ];
  for (const id of wanted) {
    if (find(id, services) === undefined) throw new AzureApiError("ResourceNotFound", `there is no ${id}.`);
  }
};

/** What has this id, of whatever type; ids are told apart without their case. */
export const find = (id: string, { inventory }: Pick<EntryServices, "inventory">) =>
  inventory.list().find((record) => record.id.toLowerCase() === id.toLowerCase());

/** The region's own name: `West Europe` is `westeurope`. */
export const regionName = (location: Value | undefined): string => textOf(location).toLowerCase().replaceAll(" ", "");

/** Where a resource is that names no place: where its provider says, or else with its group. */
export const placeOf = ({ location, resourceGroupName }: Properties, services: EntryServices): string => {
  const group = find(groupId(textOf(resourceGroupName), services), services);
  return regionName(location ?? services.config.location ?? group?.properties.location);
};

/** What is wrong with a known text that breaks a rule. */
export const wrongText = (inputs: Properties, name: string, rule: RegExp, wanted: string): CheckFailure[] => {
  const value = inputs[name];
  if (typeof value !== "string" || value === unknown || rule.test(value)) return [];
  return [{ path: [name], reason: `found ${JSON.stringify(value)}, wanted ${wanted}` }];
};

/** A GUID, the same for the same text. */
export const guidOf = (text: string): string => {
  const digits = createHash("sha256").update(text).digest("hex");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
};
