import { oneOf } from "../core/judge";
import { mandatory, type PodRule } from "../core/rule";

/** `automountServiceAccountToken` of a pod: false. One that calls the API server mounts a token of its own, by name. */
export const forbidServiceAccountToken: PodRule = {
  name: "forbid-service-account-token",
  scope: "pod",
  group: "identity",
  title: "Pods get no service account token that they did not ask for",
  why: "whoever breaks into the container could call the API server with the pod's rights",
  severity: "high",
  fix: "automountServiceAccountToken: false; where a token is needed, a projected serviceAccountToken volume",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  enforcement: mandatory,
  judge: ({ spec }, judge) => judge.require(spec.get("automountServiceAccountToken"), oneOf(false), "false"),
};
