import type { OutputMap } from "@pulumi/pulumi/automation";
import { OperationFailed, previewThenUp, type Update } from "./engine/gate";
import { recover } from "./engine/recover";
import type { MissingChart } from "./charts";
import type { PhaseProgress, Progress } from "./progress";
import type { Rehearsal } from "./rehearsal";

export interface RehearseStackOptions {
  readonly stack: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Told what the engine says, as it says it. */
  readonly onOutput?: (text: string) => void;
}

export interface RehearsedStack {
  readonly stack: string;
  readonly first: Update;
  readonly outputs: OutputMap;
  /** URNs that the second update touched although nothing had changed; there should be none. */
  readonly unsettled: readonly string[];
  readonly seconds: Readonly<Record<string, number>>;
  /** Charts whose objects it went without. */
  readonly missingCharts: readonly MissingChart[];
}

/**
 * Brings a stack up from whatever is there: what a killed run left is put right, then preview and update, then the same
 * once more, which must find nothing to do.
 *
 * @throws OperationFailed where the engine, a provider or a policy stops it
 */
export const rehearseStack = async (rehearsal: Rehearsal, options: RehearseStackOptions): Promise<RehearsedStack> => {
  const { stack: name, signal, progress } = options;
  const seconds: Record<string, number> = {};
  const stack = await rehearsal.openStack(name);
  if (!rehearsal.isNew) {
    const { adopted, forgotten } = await recover(stack, rehearsal.inventory);
    if (adopted.length + forgotten.length > 0) {
      progress
        .phase(`${name}: an earlier run was cut off`)
        .done(`${adopted.length} creations had happened, ${forgotten.length} had not`);
    }
  }

  const update = async (label: (phase: "preview" | "up") => string): Promise<Update> => {
    let shown: PhaseProgress | undefined;
    let current: { readonly label: string; readonly began: number } | undefined;
    const end = () => {
      if (current !== undefined) seconds[current.label] = (Date.now() - current.began) / 1000;
    };
    try {
      const result = await previewThenUp(stack, {
        places: rehearsal.places,
        policyPacks: rehearsal.policyPacks,
        signal,
        ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
        onPhase(phase, previewed) {
          end();
          if (previewed !== undefined) shown?.done(changesOf(previewed.changes));
          current = { label: label(phase), began: Date.now() };
          shown = progress.phase(`${name}: ${current.label}`);
        },
      });
      shown?.done(changesOf(result.up.changes));
      return result;
    } catch (error) {
      shown?.failed(error instanceof OperationFailed ? changesOf(error.outcome.changes) : undefined);
      throw error;
    } finally {
      end();
    }
  };

  const first = await update((phase) => phase);
  const second = await update((phase) => `${phase} again`);
  return {
    stack: name,
    first,
    outputs: second.outputs,
    unsettled: second.up.steps.filter(({ op }) => op !== "same" && op !== "read").map(({ urn }) => urn),
    seconds,
    missingCharts: rehearsal.providers.missingCharts(),
  };
};

/** `148 create, 2 update`, or that there was nothing to do. */
const changesOf = (changes: Readonly<Record<string, number>>): string => {
  const made = Object.entries(changes).filter(([op, count]) => op !== "same" && op !== "read" && count > 0);
  if (made.length === 0) return `nothing to change (${changes["same"] ?? 0} resources)`;
  return made.map(([op, count]) => `${count} ${op}`).join(", ");
};
