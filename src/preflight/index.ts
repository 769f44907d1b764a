import { ApiException } from "@kubernetes/client-node";
import { formatReport } from "../config/mistake";
import type { ExistingStackConfig } from "../config/stack-config";
import { table } from "../report/table";
import { neededDefinitions } from "./definitions";
import { judge, type Finding } from "./judge";
import { neededPermissions } from "./permissions";
import { readFacts } from "./read-facts";

/** What came of looking at a cluster before anything is put into it. */
export interface Preflight {
  /** Undefined where there is no way in. */
  readonly clusterId: string | undefined;
  readonly findings: readonly Finding[];
}

/** Seconds for a cluster to answer everything; about one is usual. */
const answersWithinSeconds = 30;

/** Looks whether a cluster that is there already has all that a stack needs. Changes nothing there; never throws. */
export const preflight = async (config: ExistingStackConfig, kubeconfig: string): Promise<Preflight> => {
  const questions = { definitions: neededDefinitions, permissions: neededPermissions };
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${answersWithinSeconds} s`)),
      answersWithinSeconds * 1000,
    );
  });
  try {
    const facts = await Promise.race([readFacts(kubeconfig, questions), tooLate]);
    return { clusterId: facts.clusterId, findings: judge(config, facts) };
  } catch (error) {
    return { clusterId: undefined, findings: [noWayIn(error)] };
  } finally {
    clearTimeout(timer);
  }
};

/** Says what the API server or the network said, and nothing that was sent. */
const noWayIn = (error: unknown): Finding => {
  const what = "the cluster";
  if (error instanceof ApiException) {
    const help =
      error.code === 401
        ? "The credentials are not, or no longer, those of a user there. Set holdfast:kubeconfig again."
        : "The kubeconfig's user must at least get the namespace kube-system and create selfsubjectaccessreviews.";
    return { verdict: "missing", what, found: `it answers ${error.code}`, help };
  }
  const said = error instanceof Error ? error.message.split("\n", 1)[0] : undefined;
  const help = "Is its API's address reachable from here, and its certificate of the kubeconfig's authority?";
  return { verdict: "missing", what, found: `not reachable: ${said ?? "no reason is given"}`, help };
};

export const withVerdict = ({ findings }: Preflight, verdict: Finding["verdict"]): readonly Finding[] =>
  findings.filter((one) => one.verdict === verdict);

/** Those findings in the form that the mistakes of a stack file have. */
export const findingsReport = (stack: string, findings: readonly Finding[], kind: "mistake" | "warning"): string =>
  formatReport(
    `The cluster of ${stack}`,
    findings.map(({ what, found, help }) => ({ path: what, found, help })),
    kind,
  );

const marks = { fine: "✓", doubtful: "!", missing: "✗" } as const;

/** Everything that was looked at, a line each, and below it what to do about what is not as it should be. */
export const preflightTable = (stack: string, result: Preflight): string => {
  const rows = result.findings.map(({ verdict, what, found }) => [marks[verdict], what, found]);
  const [gone, doubts] = [withVerdict(result, "missing"), withVerdict(result, "doubtful")];
  return [
    table(["", "looked at", "found"], rows),
    ...(gone.length > 0 ? [findingsReport(stack, gone, "mistake")] : []),
    ...(doubts.length > 0 ? [findingsReport(stack, doubts, "warning")] : []),
  ].join("\n\n");
};
