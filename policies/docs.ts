import { resourceKey, type Exemption } from "./core/exemption";
import type { Enforcement, Rule, RuleGroup } from "./core/rule";
import { ruleGroups } from "./core/rule";

const groupTitles: Readonly<Record<RuleGroup, string>> = {
  "pod-security": "Pod security",
  resources: "Requests and limits",
  secrets: "Secrets",
  images: "Images",
  namespaces: "Namespaces",
  identity: "Identity",
  visibility: "Visibility",
};

const introduction = `# holdfast's policy pack

What no object of the platform gets past. It runs with the engine, before any provider is asked to make anything:

    pulumi preview --stack production --policy-pack policies

A mandatory violation stops the preview, so nothing is made. **Never \`up --skip-preview\`**: rules about the whole stack
(marked below) stop a preview, and only report at the end of an update.

- **Unknown is said, not passed.** A value that is known only after the update does not keep a rule from judging the rest.
  What it keeps undecided is reported as an advisory that names the field, and decided during the update.
- **Environments.** The stack's name says which: development, staging or production. Any other is held to production's
  rules.
- **Settings.** \`--policy-pack-config FILE\`, with a level (\`advisory\`, \`mandatory\`, \`disabled\`) or settings by rule:

      { "require-image-digest": { "environment": "production" }, "forbid-latest-image": "advisory" }

This page is written by \`npm run policy-docs\` from the rules themselves; a test fails when it is stale.`;

const aboutExemptions = `## Exemptions

An object that cannot meet a rule stands in \`policies/exemptions.ts\` with the rule's name, its own kind, namespace and name,
a reason, an owner and the last day on which that holds, at most a year ahead. There are no patterns: each object and each
rule is an entry of its own. The pack doesn't start, and so the run fails, with an exemption that has expired, names no rule
or is not exact; a stack whose object meets the rule after all is stopped by \`forbid-unused-exemptions\`.`;

/** The pack's README: every rule, by group, with why it is there and how to meet it, and what is exempt. */
export const documentRules = (rules: readonly Rule[], exemptions: readonly Exemption[]): string =>
  [
    introduction,
    ...ruleGroups.map((group) => {
      const members = rules.filter((rule) => rule.group === group);
      return `## ${groupTitles[group]}\n\n${members.map(documentRule).join("\n\n")}`;
    }),
    aboutExemptions,
    exemptions.map(documentExemption).join("\n"),
  ].join("\n\n") + "\n";

const documentRule = (rule: Rule): string =>
  [
    `### ${rule.name}`,
    `${rule.title}${rule.scope === "stack" ? " (judged over the whole stack)" : ""}.`,
    [
      `- Otherwise ${rule.why}.`,
      `- Fix: ${rule.fix}.`,
      `- Severity ${rule.severity}; ${describeEnforcement(rule.enforcement)}.`,
      ...settingsOf(rule),
      `- [Where it comes from](${rule.link})`,
    ].join("\n"),
  ].join("\n\n");

const documentExemption = ({ rule, resource, reason, owner, expires }: Exemption): string =>
  `- **${resourceKey(resource)}** from [${rule}](#${rule}), until ${expires}, owner ${owner}. ${reason}`;

const describeEnforcement = (enforcement: Enforcement): string => {
  const levels = Object.entries(enforcement);
  const [first] = levels;
  return levels.every(([, level]) => level === first?.[1])
    ? `${first?.[1] ?? ""} everywhere`
    : levels.map(([environment, level]) => `${level} in ${environment}`).join(", ");
};

const settingsOf = (rule: Rule): readonly string[] =>
  Object.entries(rule.settings?.properties ?? {}).map(([name, { description, default: standard }]) => {
    const otherwise = standard === undefined ? "" : ` Default \`${JSON.stringify(standard)}\`.`;
    return `- Setting \`${name}\`: ${description ?? ""}${otherwise}`;
  });
