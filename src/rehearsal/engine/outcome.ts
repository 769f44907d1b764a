import type { EngineEvent, SummaryEvent } from "@pulumi/pulumi/automation";

/** What an operation of the engine did, gathered from its events. */
export interface Outcome {
  /** Steps by operation: create, update, replace, delete, same, … Bookkeeping steps of a replacement are not counted. */
  readonly changes: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
  readonly violations: readonly Violation[];
  /** Errors that the engine, a provider or the program reported. */
  readonly errors: readonly string[];
  /** Policy packs that took part, by name, with their version. */
  readonly packs: Readonly<Record<string, string>>;
}

export interface Step {
  readonly urn: string;
  readonly type: string;
  readonly op: string;
}

export interface Violation {
  readonly urn: string | undefined;
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
}

/** Steps that are half of another: the engine shows one `replace` as a creation and a deletion beside it. */
const halves = new Set(["create-replacement", "delete-replaced", "read-replacement", "discard-replaced"]);

/** Gathers events as they come; `outcome()` is what has been seen so far. */
export class OutcomeCollector {
  readonly #steps: Step[] = [];
  readonly #violations = new Map<string, Violation>();
  readonly #errors: string[] = [];
  #packs: Record<string, string> = {};

  public readonly onEvent = (event: EngineEvent): void => {
    const step = event.resourcePreEvent?.metadata;
    if (step !== undefined && !halves.has(step.op)) this.#steps.push({ urn: step.urn, type: step.type, op: step.op });
    if (event.summaryEvent !== undefined) this.#packs = policyPacks(event.summaryEvent);
    const policy = event.policyEvent;
    if (policy !== undefined) {
      const violation: Violation = {
        urn: policy.resourceUrn,
        policy: policy.policyName,
        level: policy.enforcementLevel === "mandatory" ? "mandatory" : "advisory",
        message: withoutColour(policy.message).trim(),
      };
      this.#violations.set(JSON.stringify(violation), violation);
    }
    const diagnostic = event.diagnosticEvent;
    if (diagnostic?.severity !== "error") return;
    const message = withoutColour(diagnostic.message).trim();
    if (isEchoOfFailure(message) || this.#wasSaid(diagnostic.urn, message)) return;
    this.#errors.push(message);
  };

  /** What a program throws is said by the program, and once more by the engine as the program's end. */
  #wasSaid(urn: string | undefined, message: string): boolean {
    const isOfProgram = !urn || urn.includes("::pulumi:pulumi:Stack::");
    return isOfProgram && this.#errors.some((error) => error.includes(message));
  }

  public outcome(): Outcome {
    const rest = { violations: [...this.#violations.values()], errors: this.#errors, packs: this.#packs };
    return withSteps(rest, this.#steps);
  }
}

/** An outcome with these steps, counted. */
export const withSteps = (
  { violations, errors, packs }: Pick<Outcome, "violations" | "errors" | "packs">,
  steps: readonly Step[],
): Outcome => {
  const changes: Record<string, number> = {};
  for (const { op } of steps) changes[op] = (changes[op] ?? 0) + 1;
  return { changes, steps, violations, errors, packs };
};

/** Under a plan the engine adds one of these for every planned resource that an earlier failure kept it from reaching. */
const isEchoOfFailure = (message: string): boolean =>
  /^expected resource operations for \S+ but none were seen$/.test(message);

/** The engine writes this field with a capital, by an oversight that it keeps; the SDK's type says otherwise. */
const policyPacks = (summary: SummaryEvent): Readonly<Record<string, string>> =>
  (summary as unknown as { readonly PolicyPacks?: Readonly<Record<string, string>> }).PolicyPacks ?? {};

/** The engine marks colours as `<{%reset%}>`, to be drawn by whoever shows the text. */
export const withoutColour = (text: string): string => text.replace(/<\{%[^%]*%\}>/g, "");
