import type { Policies, ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { judgeResource, judgeStack } from "./evaluate";
import { noExemptions, type Exemptions } from "./exemption";
import { objectsOf, type KubernetesObject } from "./kubernetes-object";
import { defaultSettings, type Rule, type Settings } from "./rule";
import { InputsSeen, resourceOf, stackResourcesOf, tell } from "./sdk-values";
import { StackView } from "./stack-view";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * The rules as the SDK takes them: one policy each, with its own name, level and settings.
 *
 * @param exemptions what is left out before anything is reported
 */
export const policiesOf = (rules: readonly Rule[], exemptions: Exemptions = noExemptions): Policies =>
  new LazyPolicies(rules, exemptions);

/** What one request of the engine is about, read by the first policy to run and left for those that follow. */
interface Request {
  objects?: readonly KubernetesObject[];
  stack?: StackView;
}

/**
 * The SDK goes through the pack's policies for every resource, and for each policy that it runs it decodes the whole
 * resource anew: with forty rules that takes longer than everything else together. So each walk through this list is
 * one request: the first rule that runs reads the resource, and from then on only rules that have something to say
 * come up. Its elements, for whoever does not walk it, are the policies themselves, each complete.
 */
class LazyPolicies extends Array<Policy> {
  readonly #rules: readonly Rule[];
  readonly #exemptions: Exemptions;
  /** The engine configures a pack once, before its first request; a rule learns of it when it first runs. */
  readonly #settings = new Map<Rule, Settings>();
  readonly #seen = new InputsSeen();

  public constructor(rules: readonly Rule[], exemptions: Exemptions) {
    super();
    this.#rules = rules;
    this.#exemptions = exemptions;
    for (const rule of rules) {
      if (rule.settings === undefined) this.#settings.set(rule, {});
      this.push(this.#policy(rule));
    }
  }

  public override *[Symbol.iterator](): ArrayIterator<Policy> {
    const request: Request = {};
    for (const rule of this.#rules) if (!this.#isSilent(rule, request)) yield this.#policy(rule, request);
  }

  /** Whether it is already known that a rule has nothing to say. One that throws must run, so that its name is told. */
  #isSilent(rule: Rule, { objects, stack }: Request): boolean {
    const settings = this.#settings.get(rule);
    if (settings === undefined) return false;
    try {
      return rule.scope === "stack"
        ? stack !== undefined && judgeStack(rule, stack, settings, this.#exemptions).length === 0
        : objects !== undefined && judgeResource(rule, objects, settings, this.#exemptions).length === 0;
    } catch {
      return false;
    }
  }

  /** @param shared what other policies of the same request have read; without it the policy reads for itself */
  #policy(rule: Rule, shared?: Request): Policy {
    const facts = {
      name: rule.name,
      displayName: rule.title,
      description: `${rule.title}.`,
      severity: rule.severity,
      remediationSteps: rule.fix,
      url: rule.link,
      tags: [rule.group],
      // The strictest: which environment a resource belongs to is known only when it comes.
      enforcementLevel: "mandatory" as const,
      ...(rule.settings === undefined ? {} : { configSchema: rule.settings }),
    };
    if (rule.scope === "stack") {
      return {
        ...facts,
        validateStack: (args, report) => {
          const request = shared ?? {};
          request.stack ??= new StackView(stackResourcesOf(args, this.#seen));
          tell(report, judgeStack(rule, request.stack, this.#settingsOf(rule, args), this.#exemptions));
        },
      };
    }
    return {
      ...facts,
      validateResource: (args, report) => {
        const request = shared ?? {};
        request.objects ??= objectsOf(this.#seen.note(resourceOf(args)));
        tell(report, judgeResource(rule, request.objects, this.#settingsOf(rule, args), this.#exemptions));
      },
    };
  }

  #settingsOf(rule: Rule, args: Pick<ResourceValidationArgs, "getConfig">): Settings {
    if (rule.settings === undefined) return {};
    const settings = { ...defaultSettings(rule), ...args.getConfig<Record<string, unknown>>() };
    this.#settings.set(rule, settings);
    return settings;
  }
}
