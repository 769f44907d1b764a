import type { Field } from "../core/field";
import type { Judge } from "../core/judge";
import { mandatory, names, type ObjectRule } from "../core/rule";
import { isSwitch, looksSecret, saysSecret } from "./secret-name";

/** Values written out in a container's environment or in a ConfigMap, which nothing hides. Never shown in a message. */
export const forbidSecretLiterals: ObjectRule = {
  name: "forbid-secret-literals",
  scope: "object",
  group: "secrets",
  title: "No secret is written out in an environment variable or a ConfigMap",
  why: "anyone who may read pods or ConfigMaps could read the secret",
  severity: "critical",
  fix: "put it into a Secret and mount that as a file",
  link: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  enforcement: mandatory,
  settings: {
    properties: {
      notSecret: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Keys that are called like a secret and are none.",
      },
    },
  },
  judge: ({ kind, group, root, pod }, judge, settings) => {
    const notSecret = names(settings, "notSecret");
    for (const container of pod?.containers ?? []) {
      for (const variable of container.get("env").items()) {
        const name = variable.get("name").text;
        if (name === undefined) judgeUnnamed(variable, judge);
        else if (!notSecret.includes(name)) judgeLiteral(name, variable.get("value"), judge);
      }
    }
    if (kind !== "ConfigMap" || group !== "") return;
    const data = root.get("data");
    if (data.isUnknown) judge.undecided(data);
    for (const [key, value] of data.entries()) if (!notSecret.includes(key)) judgeLiteral(key, value, judge);
  },
};

/** An unknown variable, or one whose name is unknown, can't be judged yet; one without a name the API server refuses. */
const judgeUnnamed = (variable: Field, judge: Judge): void => {
  const name = variable.get("name");
  if (name.isUnknown) judge.undecided(name);
};

const judgeLiteral = (key: string, value: Field, judge: Judge): void => {
  if (value.isAbsent) return;
  const named = saysSecret(key);
  if (value.isUnknown) {
    // Whatever it will be, a key of this name takes no switch from another resource's output.
    if (named) judge.violation(value, "no secret");
    else judge.undecided(value);
    return;
  }
  const text = value.text ?? JSON.stringify(value.value);
  if (named && !isSwitch(text)) judge.violation(value, "no secret", `a value under a secret's name, ${key}`);
  else if (looksSecret(text)) judge.violation(value, "no secret", "a private key, or an address with a password");
};
