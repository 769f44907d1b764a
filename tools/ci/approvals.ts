/** One decision about a run's environments, as GitHub's `…/actions/runs/<id>/approvals` lists them. */
export interface Approval {
  readonly state: string;
  readonly user: { readonly login: string };
  readonly environments: readonly { readonly name: string }[];
}

export interface ApprovalRule {
  /** Each of these must have been approved. */
  readonly environments: readonly string[];
  /** Whoever started the run; their own approval doesn't count. */
  readonly startedBy: readonly string[];
}

/**
 * What is missing before as many people as there are environments have agreed; empty when nothing is. GitHub can't ask for this
 * itself: an environment opens on one approval, the same person may open the next, and one without reviewers opens by itself.
 */
export const missingApprovals = (approvals: readonly Approval[], rule: ApprovalRule): readonly string[] => {
  const starters = new Set(rule.startedBy.map(sameCase));
  const approversOf = (environment: string): readonly string[] =>
    approvals
      .filter(
        ({ state, environments }) => state === "approved" && environments.some(({ name }) => name === environment),
      )
      .map(({ user }) => sameCase(user.login))
      .filter((login) => !starters.has(login));
  const approvers = rule.environments.map((environment) => ({ environment, logins: approversOf(environment) }));
  const unapproved = approvers.filter(({ logins }) => logins.length === 0);
  if (unapproved.length > 0) {
    return unapproved.map(
      ({ environment }) =>
        `${environment}: found no approval by anyone but who started the run (${rule.startedBy.join(", ")}), wanted one. ` +
        "Fix: give the environment required reviewers, with self-review prevented (.github/PIPELINES.md).",
    );
  }
  if (differentPeople(approvers.map(({ logins }) => logins))) return [];
  const found = [...new Set(approvers.flatMap(({ logins }) => logins))].join(", ");
  return [
    `${rule.environments.join(", ")}: found approvals by ${found} alone, wanted ${rule.environments.length} different people. ` +
      "Fix: run again, with someone else approving; give the environments reviewers that don't overlap.",
  ];
};

/** GitHub's logins differ in case alone for nobody. */
const sameCase = (login: string): string => login.toLowerCase();

/** Whether each list can give one of its people so that nobody stands for two. */
const differentPeople = (lists: readonly (readonly string[])[], taken: readonly string[] = []): boolean => {
  const [first, ...rest] = lists;
  if (first === undefined) return true;
  return first.some((person) => !taken.includes(person) && differentPeople(rest, [...taken, person]));
};
