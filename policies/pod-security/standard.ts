import type { Field } from "../core/field";
import { Judge } from "../core/judge";
import type { Pod } from "../core/pod";
import { mandatory, type PodRule, type RuleFacts } from "../core/rule";

/**
 * The Pod Security Standards of Kubernetes 1.35, one control a file. A control of the restricted level that tightens one
 * of the baseline reports only what the baseline lets pass, so that each fault is reported once; a pod meets the
 * restricted level when it meets both.
 */
export type Level = "baseline" | "restricted";

export interface Control extends PodRule {
  readonly level: Level;
}

interface ControlFacts extends Pick<RuleFacts, "name" | "title" | "why" | "fix" | "severity"> {
  readonly level: Level;
  /** Pods that the control does not hold for. */
  readonly exempt?: Exemption;
  readonly judge: (pod: Pod, judge: Judge) => void;
}

/** Pods whose field has this value. */
interface Exemption {
  readonly field: (pod: Pod) => Field;
  readonly value: unknown;
}

/** The API server refuses Linux security settings on a Windows pod, so it cannot ask for them either. */
export const windowsPods: Exemption = { field: ({ spec }) => spec.get("os", "name"), value: "windows" };

/** In a user namespace of its own, a pod's root is nobody on the node (since 1.35). */
export const podsInUserNamespace: Exemption = { field: ({ spec }) => spec.get("hostUsers"), value: false };

export const control = ({ exempt, ...facts }: ControlFacts): Control => ({
  ...facts,
  scope: "pod",
  group: "pod-security",
  enforcement: mandatory,
  link: `https://kubernetes.io/docs/concepts/security/pod-security-standards/#${facts.level}`,
  judge: exempt === undefined ? facts.judge : (pod, judge) => judgeUnlessExempt(pod, judge, exempt, facts.judge),
});

/** Where it is unknown whether a pod is exempt, what would be a violation cannot be decided. */
const judgeUnlessExempt = (pod: Pod, judge: Judge, exempt: Exemption, rule: ControlFacts["judge"]): void => {
  const field = exempt.field(pod);
  if (!field.isUnknown) {
    if (field.value !== exempt.value) rule(pod, judge);
    return;
  }
  const unexempted = new Judge();
  rule(pod, unexempted);
  if (unexempted.findings.length > 0) judge.undecided(field);
};

/** The pod's own security context and each container's. */
export const securityContexts = (pod: Pod): readonly Field[] => [
  pod.spec.get("securityContext"),
  ...containerSecurityContexts(pod),
];

export const containerSecurityContexts = (pod: Pod): readonly Field[] =>
  pod.containers.map((container) => container.get("securityContext"));
