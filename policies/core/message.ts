import type { Finding } from "./judge";
import type { RuleFacts } from "./rule";

/**
 * A finding as a person reads it: where, what was found and wanted and why, and how to put it right.
 *
 * @param subject the object, as its owner knows it
 */
export const messageOf = (rule: RuleFacts, subject: string, finding: Finding): string => {
  const more = `more: policies/README.md#${rule.name}`;
  return finding.kind === "violation"
    ? `${subject}   ${finding.path}\nfound ${finding.found}, wanted ${finding.wanted}: ${rule.why}.\nFix: ${rule.fix}   ${more}`
    : `${subject}   ${finding.path}\ncannot be decided before the update: ${finding.path}   ${more}`;
};
