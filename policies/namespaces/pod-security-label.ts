import { mandatory, names, type ObjectRule } from "../core/rule";

const label = "pod-security.kubernetes.io/enforce";

/** A namespace's `pod-security.kubernetes.io/enforce`: restricted, so that the API server refuses what this pack would. */
export const requirePodSecurityLabel: ObjectRule = {
  name: "require-pod-security-label",
  scope: "object",
  group: "namespaces",
  title: "The API server enforces the restricted level in every namespace",
  why: "whatever does not come through this pack could run as it likes there",
  severity: "high",
  fix: `metadata: { labels: { ${label}: restricted } }`,
  link: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
  enforcement: mandatory,
  settings: {
    properties: {
      levels: {
        type: "array",
        items: { type: "string", enum: ["restricted", "baseline", "privileged"] },
        default: ["restricted"],
        description: "Levels that a namespace may enforce.",
      },
    },
  },
  judge: ({ kind, group, metadata }, judge, settings) => {
    if (kind !== "Namespace" || group !== "") return;
    const levels = names(settings, "levels");
    judge.require(
      metadata.get("labels").get(label),
      (level) => levels.some((allowed) => allowed === level),
      levels.join(" or "),
    );
  },
};
