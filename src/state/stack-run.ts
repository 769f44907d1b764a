import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { previewThenUp, type Update } from "../rehearsal/engine/gate";
import type { Outcome } from "../rehearsal/engine/outcome";
import type { Places } from "../rehearsal/engine/places";
import type { PhaseProgress, Progress } from "../rehearsal/progress";
import { UserError } from "../rehearsal/user-error";
import { outputNames } from "./program";
import type { StateHomeRequest } from "./request";

export interface UpdateOptions {
  readonly places: Places;
  readonly policyPacks: readonly string[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly onOutput?: (text: string) => void;
  /** Asked before anything is changed. @returns whether to go on */
  readonly agree: (changes: readonly string[]) => Promise<boolean>;
}

/**
 * Brings a state home to what it should be, through the gate.
 *
 * @throws UserError where nobody agreed to the changes: nothing was changed
 * @throws OperationFailed where the engine, the cloud or a policy stops it
 */
export const updateStateHome = async (stack: Stack, options: UpdateOptions): Promise<Update> => {
  const { progress, agree, onOutput, ...gate } = options;
  let shown: PhaseProgress | undefined;
  try {
    const update = await previewThenUp(stack, {
      ...gate,
      ...(onOutput && { onOutput }),
      async onPhase(phase, previewed) {
        const changes = changesOf(previewed);
        shown?.done(summary(changes));
        shown = undefined;
        if (changes.length > 0 && !(await agree(changes))) {
          throw new UserError("Nothing was changed.");
        }
        shown = progress.phase(`${stack.name}: ${phase}`);
      },
    });
    shown?.done(summary(changesOf(update.up)));
    return update;
  } catch (error) {
    shown?.failed();
    throw error;
  }
};

/** A line for each thing in the cloud that is made or changed: `create  aws:s3/bucket:Bucket  state`. */
export const changesOf = (outcome: Outcome | undefined): readonly string[] =>
  (outcome?.steps ?? [])
    .filter(({ op, type }) => op !== "same" && op !== "read" && !/^(?:pulumi|holdfast):/.test(type))
    .map(({ op, type, urn }) => `${op.padEnd(8)}${type}  ${urn.split("::").at(-1) ?? ""}`);

const summary = (changes: readonly string[]): string =>
  changes.length === 0 ? "nothing to change" : `${changes.length} to change`;

/** @throws UserError where it is in another region: what it holds can't be moved by changing a word */
export const requireSameRegion = (request: StateHomeRequest, outputs: OutputMap): void => {
  const there: unknown = outputs[outputNames.region]?.value;
  if (typeof there !== "string" || there === request.region) return;
  throw new UserError(
    `The state home ${request.name} on ${request.cloud} is in ${there}, not ${request.region}, and can't be moved. ` +
      `Run with --region ${there}, or make another with --name.`,
  );
};
