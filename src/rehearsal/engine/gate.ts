import { rmSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { OutcomeCollector, withSteps, type Outcome, type Step } from "./outcome";
import type { Places } from "./places";

export interface GateOptions {
  readonly places: Places;
  /** Folders of the policy packs that must agree. */
  readonly policyPacks: readonly string[];
  readonly signal?: AbortSignal;
  /** Told what the engine says, as it says it. */
  readonly onOutput?: (text: string) => void;
  /**
   * Told when a phase begins, and when it is the update, what was previewed. The phase waits for it; where it throws,
   * the phase never begins.
   */
  readonly onPhase?: (phase: "preview" | "up", previewed?: Outcome) => void | Promise<void>;
}

export interface Update {
  readonly preview: Outcome;
  readonly up: Outcome;
  /** The stack's, as they are after it. */
  readonly outputs: OutputMap;
}

/**
 * The engine ended an operation with an error. `outcome` is what it had done and said by then; where it had said nothing,
 * the cause tells why.
 */
export class OperationFailed extends Error {
  public constructor(
    public readonly operation: "preview" | "up" | "refresh" | "destroy",
    public readonly outcome: Outcome,
    cause: unknown,
  ) {
    super([`${operation} failed`, ...outcome.errors].join("\n"), { cause });
  }
}

/**
 * An update behind the gate. The Automation API's own `up` skips the preview, so that a policy violation is found when half
 * the resources exist, and stack policies never stop it at all. Here the preview runs first, with the packs; what it planned
 * is saved; and the update may do that plan and nothing else. Where it comes upon something that the preview could not
 * foresee (what lies in a cluster that is replaced, whose address nobody knows yet), it stops there, and what is left to do
 * is previewed and applied the same way.
 *
 * @throws OperationFailed of `preview` when a mandatory policy is violated or the program fails: nothing was made
 */
export const previewThenUp = async (stack: Stack, options: GateOptions): Promise<Update> => {
  const plan = join(options.places.plans, `${stack.name}.json`);
  const done: Step[] = [];
  for (let round = 1; ; round++) {
    try {
      await options.onPhase?.("preview");
      const preview = await preview_(stack, { ...options, plan });
      await options.onPhase?.("up", preview);
      let outputs: OutputMap = {};
      const apply = async (common: CommonOptions): Promise<void> => {
        ({ outputs } = await stack.up({ ...common, plan }));
      };
      const up = await observed("up", apply, options);
      return { preview, up: withSteps(up, [...done, ...up.steps]), outputs };
    } catch (error) {
      if (!(error instanceof OperationFailed) || !wasUnforeseen(error) || round === mostRounds) throw error;
      done.push(...error.outcome.steps.filter(({ op }) => op !== "same"));
    } finally {
      rmSync(plan, { force: true });
    }
  }
};

/** Each round gets further by at least one layer of what depends on what; there are not that many. */
const mostRounds = 5;

/** Whether all that went wrong is that the update met what was not in its plan. */
const wasUnforeseen = ({ operation, outcome: { errors } }: OperationFailed): boolean =>
  operation === "up" &&
  errors.length > 0 &&
  errors.every((error) => / is not allowed by the plan: | violates plan: /.test(error));

/** A preview with the packs, and nothing after it. */
export const previewOnly = (stack: Stack, options: GateOptions): Promise<Outcome> => preview_(stack, options);

/**
 * Destroys what the stack has made. The Automation API skips the preview here too, and then finds a protected resource when
 * everything that stands on it is gone; previewed first, it is found before anything is.
 *
 * @throws OperationFailed when something is protected: nothing was deleted
 */
export const destroy = async (stack: Stack, options: Pick<GateOptions, "signal" | "onOutput">): Promise<Outcome> => {
  const withoutPacks = { ...options, policyPacks: [] };
  await observed("destroy", ({ policyPacks: _, ...common }) => stack.previewDestroy(common), withoutPacks);
  return observed("destroy", ({ policyPacks: _, ...common }) => stack.destroy(common), withoutPacks);
};

export const refresh = (stack: Stack, options: Pick<GateOptions, "signal" | "onOutput">): Promise<Outcome> =>
  observed("refresh", ({ policyPacks: _, ...common }) => stack.refresh(common), { ...options, policyPacks: [] });

const preview_ = (stack: Stack, options: Omit<GateOptions, "places"> & { readonly plan?: string }): Promise<Outcome> =>
  observed(
    "preview",
    (common) => stack.preview({ ...common, ...(options.plan === undefined ? {} : { plan: options.plan }) }),
    options,
  );

interface CommonOptions {
  readonly onEvent: OutcomeCollector["onEvent"];
  readonly onOutput: (text: string) => void;
  readonly signal?: AbortSignal;
  readonly color: "never";
  policyPacks: string[];
}

const observed = async (
  operation: OperationFailed["operation"],
  run: (common: CommonOptions) => Promise<unknown>,
  options: Pick<GateOptions, "policyPacks" | "signal" | "onOutput">,
): Promise<Outcome> => {
  const collector = new OutcomeCollector();
  try {
    await run({
      onEvent: collector.onEvent,
      onOutput: options.onOutput ?? (() => undefined),
      color: "never",
      policyPacks: [...options.policyPacks],
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    const outcome = collector.outcome();
    const saidNothing = outcome.errors.length === 0 && outcome.violations.length === 0;
    throw new OperationFailed(operation, outcome, saidNothing ? error : undefined);
  }
  return collector.outcome();
};
