export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/**
 * Labels by which the API server's own admission holds pods to a level. Warnings and audit always name the strictest, so
 * that what a loosened namespace lets through is still seen.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export const podSecurityLabels = (level: PodSecurityLevel): Record<string, string> => ({
  "pod-security.kubernetes.io/enforce": level,
  "pod-security.kubernetes.io/enforce-version": "latest",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/audit-version": "latest",
  "pod-security.kubernetes.io/warn": "restricted",
  "pod-security.kubernetes.io/warn-version": "latest",
});
