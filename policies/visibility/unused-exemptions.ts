import { objectKey, resourceKey, type Exemption } from "../core/exemption";
import { Judge } from "../core/judge";
import { describeObject } from "../core/kubernetes-object";
import { defaultSettings, mandatory, type Rule, type StackFinding, type StackRule } from "../core/rule";
import type { StackObject, StackView } from "../core/stack-view";

/**
 * Each exemption whose object the stack has is needed: the object breaks the rule. A stack without the object says nothing
 * about the exemption.
 *
 * @param rules those that exemptions can be from
 */
export const forbidUnusedExemptions = (exemptions: readonly Exemption[], rules: readonly Rule[]): StackRule => ({
  name: "forbid-unused-exemptions",
  scope: "stack",
  group: "visibility",
  title: "Every exemption is needed by the object that it names",
  why: "the object could break the rule later, and nobody would be told",
  severity: "medium",
  fix: "take the exemption out of policies/exemptions.ts",
  link: "https://www.pulumi.com/docs/insights/policy/",
  enforcement: mandatory,
  judge: (stack) => {
    const named = new Map(exemptions.map(({ resource }) => [resourceKey(resource), [] as StackObject[]]));
    if (named.size === 0) return [];
    for (const object of stack.objects) named.get(objectKey(object) ?? "")?.push(object);
    return exemptions.flatMap((exemption) => {
      const rule = rules.find(({ name }) => name === exemption.rule);
      const objects = named.get(resourceKey(exemption.resource)) ?? [];
      if (rule === undefined || objects.some((object) => breaks(rule, object, stack))) return [];
      return objects.map((object): StackFinding => ({
        kind: "violation",
        urn: object.resource.urn,
        subject: describeObject(object),
        path: `exemption from ${rule.name}`,
        found: "an object that meets the rule",
        wanted: "one that needs the exemption",
      }));
    });
  },
});

/** Whether a rule has anything to say about an object; what is undecided may still need its exemption. */
const breaks = (rule: Rule, object: StackObject, stack: StackView): boolean => {
  const settings = defaultSettings(rule);
  if (rule.scope === "stack") {
    return rule
      .judge(stack, settings)
      .some(({ urn, subject }) => urn === object.resource.urn && subject === describeObject(object));
  }
  const judge = new Judge();
  if (rule.scope === "object") rule.judge(object, judge, settings);
  else if (object.pod !== undefined) rule.judge(object.pod, judge, settings);
  return judge.findings.length > 0;
};
