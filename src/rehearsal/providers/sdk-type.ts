import { readFileSync } from "node:fs";
import { anything, optional, replacing, required, type PropertyTable } from "./shape";

/** What the SDK knows of one resource type. */
export interface SdkType {
  readonly inputs: PropertyTable;
  /** What the cloud decides. */
  readonly outputs: readonly string[];
}

/**
 * The properties of a resource type, as the SDK that the program is written with passes them on: its constructors are
 * generated from the provider's schema, one line a property. So a property that the provider doesn't have is refused
 * here too. What a property's value may be is checked by the SDK's types, when the program is type-checked.
 *
 * @param module the SDK's module of the type, for example `@pulumi/aws/eks/cluster`
 * @param replaces properties whose change makes a new resource, which the SDK doesn't say
 * @throws where the module is not laid out like that
 */
export const sdkType = (module: string, replaces: readonly string[]): SdkType => {
  const text = readFileSync(require.resolve(module), "utf8");
  const given = names(text, /resourceInputs\["(\w+)"\] = (?:\(?args\b|pulumi\.secret\(args|args\?)/g);
  const needed = new Set(names(text, /Missing required property '(\w+)'/g));
  const outputs = names(text, /resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g).filter(
    (name) => !given.includes(name),
  );
  const strange = replaces.filter((name) => !given.includes(name));
  if (given.length === 0 || strange.length > 0) {
    throw new Error(`${module}: no resource type of a Pulumi SDK, or without ${strange.join(", ") || "any argument"}`);
  }
  const inputs = given.map((name) => {
    const property = needed.has(name) ? required(anything) : optional(anything);
    return [name, replaces.includes(name) ? replacing(property) : property] as const;
  });
  return { inputs: Object.fromEntries(inputs), outputs };
};

const names = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? "")),
];
