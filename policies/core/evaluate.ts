import { environmentOf } from "./environment";
import { Judge } from "./judge";
import { describeObject, type KubernetesObject } from "./kubernetes-object";
import { messageOf } from "./message";
import type { ObjectRule, PodRule, Settings, StackRule } from "./rule";
import type { StackView } from "./stack-view";

/** One thing to tell the engine. */
export interface Report {
  readonly message: string;
  /** The resource that it is about. */
  readonly urn: string;
  /** Whether it is only advice, whatever the rule's level: undecided yet, or not enforced in this environment. */
  readonly advisory: boolean;
}

/** What one rule says about one resource. */
export const judgeResource = (
  rule: ObjectRule | PodRule,
  objects: readonly KubernetesObject[],
  settings: Settings,
): readonly Report[] => objects.flatMap((object) => judgeObject(rule, object, settings));

const judgeObject = (rule: ObjectRule | PodRule, object: KubernetesObject, settings: Settings): readonly Report[] => {
  const judge = new Judge();
  if (rule.scope === "object") rule.judge(object, judge, settings);
  else if (object.pod !== undefined) rule.judge(object.pod, judge, settings);
  const { findings } = judge;
  if (findings.length === 0) return [];
  const { urn } = object.resource;
  const enforcement = rule.enforcement[environmentOf(urn, settings["environment"])];
  if (enforcement === "off") return [];
  const subject = describeObject(object);
  return findings.map((finding) => ({
    message: messageOf(rule, subject, finding),
    urn,
    advisory: finding.kind === "undecided" || enforcement === "advisory",
  }));
};

/** What one rule says about a whole stack. */
export const judgeStack = (rule: StackRule, stack: StackView, settings: Settings): readonly Report[] =>
  rule.judge(stack, settings).flatMap((finding) => {
    const enforcement = rule.enforcement[environmentOf(finding.urn, settings["environment"])];
    if (enforcement === "off") return [];
    const advisory = finding.kind === "undecided" || enforcement === "advisory";
    return [{ message: messageOf(rule, finding.subject, finding), urn: finding.urn, advisory }];
  });
