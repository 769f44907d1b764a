import { mandatory, type PodRule } from "../core/rule";

/** `env[*].valueFrom.secretKeyRef` and `envFrom[*].secretRef` of every container: unset. */
export const forbidSecretEnvReferences: PodRule = {
  name: "forbid-secret-env-references",
  scope: "pod",
  group: "secrets",
  title: "Secrets reach containers as files, never as environment variables",
  why: "an environment variable reaches child processes, crash dumps and logs, and does not change when the secret does",
  severity: "high",
  fix: "mount the Secret: volumes: [{ name: secrets, secret: { secretName: … } }]",
  link: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  enforcement: mandatory,
  judge: ({ containers }, judge) => {
    for (const container of containers) {
      for (const variable of container.get("env").items()) {
        judge.allow(variable.get("valueFrom", "secretKeyRef"), () => false, "a mounted file");
      }
      for (const source of container.get("envFrom").items()) {
        judge.allow(source.get("secretRef"), () => false, "a mounted file");
      }
    }
  },
};
