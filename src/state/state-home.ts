import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { OperationFailed } from "../rehearsal/engine/gate";
import { placesAt } from "../rehearsal/engine/places";
import type { Progress } from "../rehearsal/progress";
import type { Report } from "../rehearsal/rehearse-chain";
import { resolveTools } from "../rehearsal/tools";
import { renderFailure } from "../report/failure";
import { loginText } from "./login";
import { stackName } from "./places";
import { outputNames } from "./program";
import type { StateHomeRequest } from "./request";
import { changesOf, requireSameRegion, updateStateHome } from "./stack-run";
import { openStateStack } from "./workspace";

export interface StateHomeOptions {
  /** The checkout, for its policies. */
  readonly repository: string;
  /** Where what is known of the state home is kept. */
  readonly root: string;
  readonly request: StateHomeRequest;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly verbose: boolean;
  /** Asked before anything is changed. */
  readonly agree: (changes: readonly string[]) => Promise<boolean>;
  /** The folder to tell of. @default `root` */
  readonly folder?: string;
  /** What the engine finds in its environment besides the caller's own. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Makes a state home, or finds it there, and says how to log in.
 *
 * @throws UserError where nobody agreed, or it is in another region
 */
export const makeStateHome = async (options: StateHomeOptions): Promise<Report> => {
  const { request, progress, signal, verbose, agree } = options;
  const places = placesAt(options.root);
  const { pulumi } = await resolveTools(["pulumi"], progress);
  const stack = await openStateStack({ request, places, pulumi, environment: options.environment ?? {} });
  requireSameRegion(request, await stack.outputs());
  try {
    const { up, outputs } = await updateStateHome(stack, {
      places,
      policyPacks: [join(options.repository, "policies")],
      progress,
      signal,
      agree,
      ...(verbose && { onOutput: (text: string) => process.stderr.write(text) }),
    });
    const changed = changesOf(up).length;
    const happened = changed === 0 ? "is there already, nothing to change" : `is there; ${changed} changes made`;
    return {
      text: `The state home ${request.name} on ${request.cloud} ${happened}.\n\n${told(request, options.folder ?? options.root, outputs)}`,
      ok: true,
    };
  } catch (error) {
    if (!(error instanceof OperationFailed) || signal.aborted) throw error;
    return { text: [`${stack.name}: ${renderFailure(error)}`, ...hint(error, request)].join("\n\n"), ok: false };
  }
};

const told = (request: StateHomeRequest, folder: string, outputs: OutputMap): string =>
  loginText({
    request,
    backend: String(outputs[outputNames.backend]?.value),
    secretsProvider: String(outputs[outputNames.secretsProvider]?.value),
    folder,
    stack: stackName(request),
  });

/** What clouds say of a name that is taken, by us from another machine or by a stranger. */
const taken =
  /already (?:exists|owned|taken)|AlreadyExists|BucketAlready|cannot create already existing|There is a bucket called/i;

const hint = ({ outcome }: OperationFailed, { name }: StateHomeRequest): readonly string[] =>
  outcome.errors.some((error) => taken.test(error))
    ? [
        `A name is taken. If ${name}'s state home was made from another machine, it is there: bring that machine's folder ` +
          "(~/.holdfast/state-home) here, or just log in. If not, somebody else has the name: choose another --name.",
      ]
    : [];
