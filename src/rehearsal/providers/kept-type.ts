import { sdkType, type SdkType } from "./sdk-type";
import type { Shape } from "./shape";
import type { CheckFailure } from "./stand-in";
import type { EntryServices, ResourceEntry } from "./table-package";
import { present, type Properties } from "./values";

/** A resource type that the stand-in cloud only has to keep: nothing else comes of it. */
export interface KeptType {
  /** The type token: `aws:eks/cluster:Cluster`. */
  readonly token: string;
  /** The SDK's module of the type: `@pulumi/aws/eks/cluster`. */
  readonly module: string;
  /** Inputs whose change makes a new resource, as the provider's documentation says. */
  readonly replaces: readonly string[];
  /** The name that people know it by, for the inventory. */
  label(inputs: Properties): string;
  /** Its id in the cloud. @throws where the cloud would refuse it, such as a name that is taken */
  id(inputs: Properties, services: EntryServices): string;
  /** What the cloud adds to what it was given. */
  outputs(inputs: Properties, id: string, services: EntryServices): Properties;
  readonly secretOutputs?: readonly string[];
  /** Inputs that the cloud fills in where they are not given: unknown until it did. */
  readonly fills?: readonly string[];
  /** Shapes of inputs to which the cloud adds parts of its own, which are then no drift. @default not looked into */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /** What is wrong with the inputs taken together; unknowns are still in them. */
  check?(inputs: Properties): CheckFailure[];
  /** @throws where the cloud would refuse the change */
  changing?(inputs: Properties, before: Properties, services: EntryServices): void;
  /** Called once it is in the inventory, at its creation and at each change: what comes of it. May add outputs. */
  applied?(inputs: Properties, id: string, services: EntryServices): Promise<Properties>;
  /** Called before it leaves the inventory. @throws where the cloud would refuse, such as a bucket that isn't empty */
  removed?(id: string, properties: Properties, services: EntryServices): Promise<void>;
}

/** The entry of a type that is kept in the inventory as it was asked for, with what the cloud adds. */
export const kept = (type: KeptType): ResourceEntry => {
  // Read when the type is first used: there are many types, and a stack uses the few of its cloud.
  let read: SdkType | undefined;
  const sdk = () => (read ??= withShapes(sdkType(type.module, type.replaces), type));
  const store = async (id: string, inputs: Properties, services: EntryServices): Promise<Properties> => {
    const open = { ...inputs, ...type.outputs(inputs, id, services) };
    const put = (all: Properties) => {
      const secrets = present(Object.fromEntries((type.secretOutputs ?? []).map((name) => [name, all[name]])));
      const rest = Object.fromEntries(Object.entries(all).filter(([name]) => !(name in secrets)));
      services.inventory.put({ type: type.token, id, label: type.label(inputs), properties: rest, secrets });
      return all;
    };
    // In the inventory before anything comes of it, as in a cloud: what fails half-way is there to be found.
    put(open);
    return type.applied === undefined ? open : put({ ...open, ...(await type.applied(inputs, id, services)) });
  };
  return {
    get inputs() {
      return sdk().inputs;
    },
    get computed() {
      return sdk().outputs;
    },
    completed: Object.keys(type.shapes ?? {}),
    ...(type.secretOutputs && { secretOutputs: type.secretOutputs }),
    ...(type.check && { checkTogether: type.check.bind(type) }),
    create: async (inputs, services) => {
      const id = type.id(inputs, services);
      return { id, outputs: await store(id, inputs, services) };
    },
    read: (id, { inventory }) => {
      const record = inventory.get({ type: type.token, id });
      return record === undefined ? undefined : { ...record.properties, ...record.secrets };
    },
    update: (id, inputs, services) => {
      const before = services.inventory.get({ type: type.token, id });
      if (before === undefined) throw new Error(`${type.token} ${id} is gone. Run a refresh, which will see that.`);
      type.changing?.(inputs, before.properties, services);
      return store(id, inputs, services);
    },
    delete: async (id, services) => {
      const record = services.inventory.get({ type: type.token, id });
      if (record === undefined) return;
      await type.removed?.(id, record.properties, services);
      services.inventory.remove({ type: type.token, id });
    },
  };
};

const withShapes = ({ inputs, outputs }: SdkType, { shapes = {}, fills = [] }: KeptType): SdkType => {
  const shaped = Object.entries(shapes).map(([name, shape]) => [name, { ...inputs[name], shape }] as const);
  return { inputs: { ...inputs, ...Object.fromEntries(shaped) }, outputs: [...outputs, ...fills] };
};
