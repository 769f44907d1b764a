import type { PolicyConfigSchema, Severity } from "@pulumi/policy";
import type { Environment } from "./environment";
import type { Judge } from "./judge";
import type { KubernetesObject } from "./kubernetes-object";
import type { Pod } from "./pod";
import type { StackView } from "./stack-view";

/** One rule: what it is about, in words, and the one function that judges it. */
export type Rule = ObjectRule | PodRule | StackRule;

export interface RuleFacts {
  /** How messages, configuration and exemptions call it: lower-case words, the verb first. */
  readonly name: string;
  readonly group: RuleGroup;
  readonly title: string;
  /** What could happen otherwise, as half a sentence that follows "found …, wanted …:". */
  readonly why: string;
  readonly severity: Severity;
  /** What to write instead, in the words of a manifest. */
  readonly fix: string;
  /** Where the rule comes from. */
  readonly link: string;
  /** How much a violation weighs in each environment. */
  readonly enforcement: Enforcement;
  /** Settings that an operator may give in the pack's configuration. Each property needs a default. */
  readonly settings?: PolicyConfigSchema;
}

export const ruleGroups = [
  "pod-security",
  "resources",
  "secrets",
  "images",
  "namespaces",
  "identity",
  "visibility",
] as const;
export type RuleGroup = (typeof ruleGroups)[number];

/** `off`: nothing is said there. */
export type Enforcement = Readonly<Record<Environment, "mandatory" | "advisory" | "off">>;

export const mandatory: Enforcement = { development: "mandatory", staging: "mandatory", production: "mandatory" };

/** The values of a rule's settings, its defaults filled in. */
export type Settings = Readonly<Record<string, unknown>>;

/** Judges one Kubernetes object, whatever its kind. */
export interface ObjectRule extends RuleFacts {
  readonly scope: "object";
  judge(object: KubernetesObject, judge: Judge, settings: Settings): void;
}

/** Judges each pod and pod template. */
export interface PodRule extends RuleFacts {
  readonly scope: "pod";
  judge(pod: Pod, judge: Judge, settings: Settings): void;
}

/** Judges what stands in a stack together. Stops a preview; an update, only at its end. */
export interface StackRule extends RuleFacts {
  readonly scope: "stack";
  judge(stack: StackView, settings: Settings): readonly StackFinding[];
}

/** What a stack rule has to say about one resource. */
export interface StackFinding {
  readonly kind: "violation" | "undecided";
  readonly urn: string;
  /** `Namespace development-data`. */
  readonly subject: string;
  /** The object or field that it is about. */
  readonly path: string;
  readonly found: string;
  readonly wanted: string;
}

/** A setting that is a list of names. */
export const names = (settings: Settings, setting: string): readonly string[] => {
  const value = settings[setting];
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
};

/** A rule's settings as they are where nobody gives any. */
export const defaultSettings = (rule: RuleFacts): Settings =>
  Object.fromEntries(
    Object.entries(rule.settings?.properties ?? {}).map(([name, schema]) => [name, schema.default as unknown]),
  );
