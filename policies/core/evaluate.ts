import { environmentOf } from "./environment";
import { noExemptions, type Exemptions } from "./exemption";
import { Judge } from "./judge";
import { describeObject, type KubernetesObject } from "./kubernetes-object";
import { messageOf } from "./message";
import type { ObjectRule, PodRule, Settings, StackFinding, StackRule } from "./rule";
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
  exemptions: Exemptions = noExemptions,
): readonly Report[] => objects.flatMap((object) => judgeObject(rule, object, settings, exemptions));

const judgeObject = (
  rule: ObjectRule | PodRule,
  object: KubernetesObject,
  settings: Settings,
  exemptions: Exemptions,
): readonly Report[] => {
  const judge = new Judge();
  if (rule.scope === "object") rule.judge(object, judge, settings);
  else if (object.pod !== undefined) rule.judge(object.pod, judge, settings);
  const { findings } = judge;
  if (findings.length === 0 || exemptions.covers(rule.name, object)) return [];
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
export const judgeStack = (
  rule: StackRule,
  stack: StackView,
  settings: Settings,
  exemptions: Exemptions = noExemptions,
): readonly Report[] =>
  rule.judge(stack, settings).flatMap((finding) => {
    if (isExempt(rule, finding, stack, exemptions)) return [];
    const enforcement = rule.enforcement[environmentOf(finding.urn, settings["environment"])];
    if (enforcement === "off") return [];
    const advisory = finding.kind === "undecided" || enforcement === "advisory";
    return [{ message: messageOf(rule, finding.subject, finding), urn: finding.urn, advisory }];
  });

const isExempt = (rule: StackRule, finding: StackFinding, stack: StackView, exemptions: Exemptions): boolean =>
  exemptions.name(rule.name) &&
  stack.objects.some(
    (object) =>
      object.resource.urn === finding.urn &&
      describeObject(object) === finding.subject &&
      exemptions.covers(rule.name, object),
  );
