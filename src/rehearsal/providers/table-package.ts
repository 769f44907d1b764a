import { UnknownTokenError } from "./errors";
import { propertyDiff } from "./property-diff";
import { inputsFromLive } from "./read-inputs";
import { canonicalProperties, checkProperties, object, replacesAt, type PropertyTable } from "./shape";
import type { CheckFailure, Created, Provider, Services, StandIn } from "./stand-in";
import { isProperties, keepSecrets, present, reveal, secret, unknown, type Properties } from "./values";

/** A package whose resource types and functions are table entries. */
export interface TablePackage {
  readonly name: string;
  readonly version: string;
  /** Arguments of an explicit provider. */
  readonly config: PropertyTable;
  readonly types: Readonly<Record<string, ResourceEntry>>;
  readonly functions: Readonly<Record<string, FunctionEntry>>;
  /** Brings back what an earlier run left running. */
  resume?(services: Services): Promise<void>;
}

/** What an entry acts upon: the cloud, and the arguments of the provider that it is asked through, as plain values. */
export interface EntryServices extends Services {
  readonly config: Properties;
}

/** One resource type. Its functions see plain values: no unknowns, no secret marks. */
export interface ResourceEntry {
  readonly inputs: PropertyTable;
  /** Outputs that the cloud decides, unknown until the resource exists. */
  readonly computed: readonly string[];
  /** Computed outputs that an update changes, and the inputs that it takes; they are unknown at its preview. */
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
  readonly secretOutputs?: readonly string[];
  /** Objects among the inputs of which the cloud decides the parts that are not given: unknown until it did. */
  readonly completed?: readonly string[];
  /** Rules over several properties and the provider's own arguments; unknowns are still in them. */
  checkTogether?(inputs: Properties, config: Properties): CheckFailure[];
  create(inputs: Properties, services: EntryServices): Promise<Created> | Created;
  /** What the cloud has; undefined when it is gone. `state` is what Pulumi has, undefined on import. */
  read(
    id: string,
    services: EntryServices,
    state: Properties | undefined,
  ): Promise<Properties | undefined> | Properties | undefined;
  /** Absent where every change replaces. */
  update?(id: string, inputs: Properties, services: EntryServices): Promise<Properties> | Properties;
  delete(id: string, services: EntryServices): Promise<void> | void;
}

/** A data source. */
export interface FunctionEntry {
  readonly args: PropertyTable;
  invoke(args: Properties, services: EntryServices): Properties | Promise<Properties>;
}

export const tableStandIn = (table: TablePackage): StandIn => ({
  name: table.name,
  version: table.version,
  checkConfig: (config) => checkProperties(reveal(config), table.config),
  configReplaces: (name) => table.config[name]?.replaces === true,
  configure: (config, services) => tableProvider(table, reveal(config), services),
  ...(table.resume === undefined ? {} : { resume: table.resume.bind(table) }),
});

const tableProvider = (table: TablePackage, config: Properties, services: Services): Provider => {
  const entryOf = (type: string): ResourceEntry => {
    const entry = table.types[type];
    if (entry === undefined) throw new UnknownTokenError(unknownToken(table, "type", type, Object.keys(table.types)));
    return entry;
  };
  const own: EntryServices = { ...services, config };
  return {
    check({ type, inputs }) {
      const entry = entryOf(type);
      const plain = reveal(inputs);
      const failures = checkProperties(plain, entry.inputs);
      if (failures.length === 0) failures.push(...(entry.checkTogether?.(plain, config) ?? []));
      return { inputs, failures };
    },
    diff({ type, oldInputs, inputs }) {
      const entry = entryOf(type);
      const properties = entry.inputs;
      const before = canonicalProperties(reveal(oldInputs), properties);
      const after = canonicalProperties(reveal(inputs), properties);
      const changes = propertyDiff(before, after).map((change) => ({
        ...change,
        replaces: entry.update === undefined || replacesAt(change.path, properties),
      }));
      return { changes, deleteBeforeReplace: false };
    },
    async create({ type, inputs, preview }) {
      const entry = entryOf(type);
      if (preview) {
        return {
          id: "",
          outputs: {
            ...Object.fromEntries(entry.computed.map((name) => [name, unknown])),
            ...completedLater(entry, inputs),
          },
        };
      }
      const { id, outputs } = await entry.create(reveal(inputs), own);
      return { id, outputs: marked(entry, inputs, outputs) };
    },
    async read({ type, id, oldInputs, oldOutputs }) {
      const entry = entryOf(type);
      const outputs = await entry.read(id, own, oldOutputs === undefined ? undefined : reveal(oldOutputs));
      if (outputs === undefined) return undefined;
      const inputs = inputsFromLive(oldInputs, outputs, object(entry.inputs));
      if (!isProperties(inputs)) throw new Error(`${type} ${id}: what the cloud has is not an object`);
      return { id, inputs, outputs: marked(entry, inputs, outputs) };
    },
    async update({ type, id, inputs, oldInputs, oldOutputs, preview }) {
      const entry = entryOf(type);
      if (preview) {
        return {
          ...oldOutputs,
          ...recomputedOutputs(entry, oldInputs, inputs),
          ...completedBefore(entry, inputs, oldOutputs),
        };
      }
      if (entry.update === undefined) throw new Error(`${type} ${id}: every change replaces it, so it has no update`);
      return marked(entry, inputs, await entry.update(id, reveal(inputs), own));
    },
    async delete({ type, id }) {
      await entryOf(type).delete(id, own);
    },
    async invoke(token, args) {
      const entry = table.functions[token];
      if (entry === undefined) {
        throw new UnknownTokenError(unknownToken(table, "function", token, Object.keys(table.functions)));
      }
      const plain = reveal(args);
      const failures = checkProperties(plain, entry.args);
      return failures.length > 0 ? { failures } : { result: await entry.invoke(plain, own) };
    },
  };
};

/** The outputs with what is secret marked: by the type's nature, or because the program gave it as a secret. */
const marked = (entry: ResourceEntry, inputs: Properties, outputs: Properties): Properties => {
  const kept = keepSecrets(inputs, outputs) as Properties;
  const secrets = (entry.secretOutputs ?? []).flatMap((name) => {
    const value = kept[name];
    return value === undefined || value === null ? [] : [[name, secret(value)] as const];
  });
  return { ...kept, ...Object.fromEntries(secrets) };
};

/** The inputs as outputs of a preview: in objects that the cloud completes, what is not given is unknown. */
const completedLater = (entry: ResourceEntry, inputs: Properties): Properties => {
  const completed = (entry.completed ?? []).flatMap((name): [string, Properties][] => {
    const [shape, given] = [entry.inputs[name]?.shape, inputs[name]];
    if (shape?.kind !== "object" || !isProperties(given)) return [];
    return [[name, { ...Object.fromEntries(Object.keys(shape.properties).map((part) => [part, unknown])), ...given }]];
  });
  return { ...inputs, ...Object.fromEntries(completed) };
};

/** The inputs as outputs of an update's preview: what the cloud added to an object when it was made is in it still. */
const completedBefore = (entry: ResourceEntry, inputs: Properties, oldOutputs: Properties): Properties => {
  const completed = (entry.completed ?? []).flatMap((name): [string, Properties][] => {
    const [before, given] = [oldOutputs[name], inputs[name]];
    return isProperties(before) && isProperties(given) ? [[name, { ...before, ...given }]] : [];
  });
  return { ...inputs, ...Object.fromEntries(completed) };
};

const recomputedOutputs = (entry: ResourceEntry, oldInputs: Properties, inputs: Properties): Properties => {
  const changed = new Set(propertyDiff(reveal(oldInputs), reveal(inputs)).map(({ path }) => path[0]));
  const names = Object.entries(entry.recomputed ?? {}).filter(([, causes]) =>
    causes.some((cause) => changed.has(cause)),
  );
  return present(Object.fromEntries(names.map(([name]) => [name, unknown])));
};

const unknownToken = (
  table: TablePackage,
  what: "type" | "function",
  token: string,
  known: readonly string[],
): string =>
  `${token}: the rehearsal does not know this ${what}. Known: ${known.toSorted().join(", ")}. ` +
  `Add an entry in src/rehearsal/providers/${table.name}/.`;
