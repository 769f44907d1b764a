import { Judge, type Finding } from "../../../policies/core/judge";
import { Field } from "../../../policies/core/field";
import { podOf } from "../../../policies/core/pod";
import { podSecurity, type Level } from "../../../policies/pod-security";
import type { GeneratedPod } from "../pods";

export interface NamedFinding {
  readonly rule: string;
  readonly finding: Finding;
}

/** What the controls of a level, and of the one below it, find in a pod. */
export const judgePod = (level: Level, { annotations, spec }: GeneratedPod): readonly NamedFinding[] => {
  const pod = podOf("", "Pod", Field.root({ metadata: { annotations }, spec }));
  if (pod === undefined) throw new Error("a Pod carries a pod");
  return podSecurity
    .filter((control) => level === "restricted" || control.level === "baseline")
    .flatMap((control) => {
      const judge = new Judge();
      control.judge(pod, judge, {});
      return judge.findings.map((finding) => ({ rule: control.name, finding }));
    });
};
