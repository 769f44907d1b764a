import { judgeResource, judgeStack, type Report } from "../../../policies/core/evaluate";
import { objectsOf, type Resource } from "../../../policies/core/kubernetes-object";
import { defaultSettings, type Settings } from "../../../policies/core/rule";
import { StackView, type StackResource } from "../../../policies/core/stack-view";
import { rules } from "../../../policies/rules";

type Properties = Readonly<Record<string, unknown>>;

export interface Context {
  /** @default "production" */
  readonly stack?: string;
  readonly settings?: Settings;
  readonly provider?: Properties;
}

/** A resource named after its kind, as the engine would show it. */
export const resource = (
  type: string,
  props: Properties,
  { stack = "production", provider }: Context = {},
): Resource => {
  const name = type.slice(type.lastIndexOf(":") + 1).toLowerCase();
  return { type, name, urn: urnOf(type, name, stack), props, ...(provider === undefined ? {} : { provider }) };
};

const urnOf = (type: string, name: string, stack: string): string => `urn:pulumi:${stack}::policies::${type}::${name}`;

/** What one rule of the pack says about one resource, as the engine is told. */
export const reportsOf = (
  ruleName: string,
  type: string,
  props: Properties,
  context: Context = {},
): readonly Pick<Report, "message" | "advisory">[] => {
  const rule = rules.find(({ name }) => name === ruleName);
  if (rule === undefined || rule.scope === "stack") throw new Error(`no rule ${ruleName} that judges one resource`);
  const settings = { ...defaultSettings(rule), ...context.settings };
  return judgeResource(rule, objectsOf(resource(type, props, context)), settings).map(({ message, advisory }) => ({
    message,
    advisory,
  }));
};

/** A resource of a stack; `from` names the resources that its metadata was made from. */
export const inStack = (
  type: string,
  name: string,
  props: Properties,
  from: readonly StackResource[] = [],
): StackResource => ({
  type,
  name,
  props,
  urn: urnOf(type, name, "production"),
  metadataFrom: from.map(({ urn }) => urn),
});

/** What one rule says about a stack: whether each is advice, and its first lines. */
export const stackReportsOf = (ruleName: string, resources: readonly StackResource[]): readonly string[] => {
  const rule = rules.find(({ name }) => name === ruleName);
  if (rule?.scope !== "stack") throw new Error(`no rule ${ruleName} that judges a stack`);
  return judgeStack(rule, new StackView(resources), defaultSettings(rule)).map(
    ({ message, advisory }) => `${advisory ? "advisory" : "mandatory"}: ${message.split("\nFix:")[0] ?? ""}`,
  );
};
