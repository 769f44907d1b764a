import * as pulumi from "@pulumi/pulumi";
import * as runtimeConfig from "@pulumi/pulumi/runtime/config";
import { z } from "zod";

import { Checker } from "./check-schema";
import {
  checkModelStoreKey,
  generated,
  generatedTwice,
  hasSecrets,
  mustBeSealed,
  perFile,
  sealKubeconfig,
  sealProviderSetting,
} from "./file-secrets";
import { firstByPath, formatReport, keyPath, type Mistake } from "./mistake";
import { modelStoreSecrets } from "./model-store-secrets";
import { unknownApp } from "./resolve-apps";
import { resolveStack, type Resolved } from "./resolve";
import { secretFileName } from "./schema/secrets";
import type { StackConfig } from "./stack-config";

/** Secret files by service and file name. */
export type StackSecrets = Readonly<Record<string, Readonly<Record<string, pulumi.Output<string>>>>>;

/** What a running program is made from. */
export interface LoadedStack {
  readonly config: StackConfig;
  readonly secrets: StackSecrets;
  /** `linode:token`, encrypted in the stack file; where it isn't there the provider takes LINODE_TOKEN. */
  readonly cloudToken: pulumi.Output<string> | undefined;
  /** On a cluster that is there already, the way in: a secret, in plain text here, with nothing but the one context. */
  readonly kubeconfig: string | undefined;
  /** What may be right, but isn't known to be; logged already. */
  readonly warnings: readonly Mistake[];
}

const prefix = "holdfast:";

/**
 * The configuration of the stack that is running, from Pulumi: the only reader of `pulumi.Config` in the program.
 *
 * Pulumi says of a whole key whether it holds a secret, not of each value in it: that every single secret is encrypted is
 * checked on the file, by `npm run config`.
 *
 * @throws pulumi.RunError with the report of all mistakes
 */
export function loadStackConfig(): LoadedStack {
  const all = pulumi.runtime.allConfig();
  const stack = pulumi.getStack();
  const checker = new Checker();
  const sections: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(all)) {
    const name = key.slice(prefix.length);
    if (key.startsWith(prefix)) sections[name] = value;
    checkSealing(checker, key);
  }
  const secrets = checkSecrets(checker, sections["secrets"]);
  const resolved = resolveStack(stack, sections);
  if (resolved.ok) checkModelStoreKey(checker, resolved.config, secrets.get(modelStoreSecrets.of));
  const kubeconfig = checkKubeconfig(checker, sections["kubeconfig"], resolved);
  const mistakes = firstByPath([...checker.mistakes, ...(resolved.ok ? [] : resolved.mistakes)]);
  if (!resolved.ok || mistakes.length > 0) {
    throw new pulumi.RunError(formatReport(`Pulumi.${stack}.yaml`, mistakes));
  }
  const { warnings } = resolved;
  if (warnings.length > 0) void pulumi.log.warn(formatReport(`Pulumi.${stack}.yaml`, warnings, "warning"));
  return {
    config: resolved.config,
    kubeconfig,
    warnings,
    secrets: asOutputs(secrets),
    cloudToken: new pulumi.Config("linode").getSecret("token"),
  };
}

function checkSealing(checker: Checker, key: string): void {
  const namespace = key.slice(0, key.indexOf(":"));
  const sealed = isSealedKey(key);
  if (namespace !== "holdfast") {
    if (mustBeSealed(key) && !sealed) sealProviderSetting(checker, key);
  } else if (key === `${prefix}secrets`) {
    if (!sealed) checker.add(key, "plain values", perFile);
  } else if (key === `${prefix}kubeconfig`) {
    if (!sealed) sealKubeconfig(checker);
  } else if (key.startsWith(prefix) && sealed) {
    checker.add(key, "an encrypted value", "Only holdfast:secrets is kept secret all the way. Move the secret there.");
  }
}

/** Of what the stack's kubeconfig says, the part that is used; undefined on a cloud, and where it has mistakes. */
function checkKubeconfig(checker: Checker, text: unknown, resolved: Resolved): string | undefined {
  if (!resolved.ok || resolved.config.cloud !== "existing") return undefined;
  // Reads YAML, whose parser no other stack needs.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() is asynchronous, and configuration is not
  const { readKubeconfig } = require("./kubeconfig") as typeof import("./kubeconfig");
  const read = readKubeconfig(String(text), resolved.config.cluster.context);
  if (read.ok) return read.kubeconfig;
  checker.mistakes.push(read.mistake);
  return undefined;
}

/** Pulumi knows this, but leaves it out of its types. Where it ever goes away, no key counts as encrypted: fail closed. */
function isSealedKey(key: string): boolean {
  const { isConfigSecret } = runtimeConfig as { readonly isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? false;
}

const files = z.record(secretFileName, z.string());

/** The names of the secret files by service. */
function checkSecrets(checker: Checker, text: unknown): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  if (text === undefined) return names;
  const checked = checker.checkEach(
    {
      of: "services, each with its files",
      schemaOf: (name) => (hasSecrets(name) ? files : unknownApp(name)),
      options: { hideValues: true },
    },
    parse(text),
    `${prefix}secrets`,
  );
  for (const [app, entry] of checked) {
    if (!entry.ok) continue;
    names.set(app, Object.keys(entry.value));
    for (const file of generatedTwice(app, Object.keys(entry.value))) {
      checker.add(keyPath(`${prefix}secrets`, [app, file]), "set", generated);
    }
  }
  return names;
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}

function asOutputs(names: ReadonlyMap<string, readonly string[]>): StackSecrets {
  if (names.size === 0) return {};
  const all = new pulumi.Config("holdfast").requireSecretObject<Record<string, Record<string, string>>>("secrets");
  const value = (app: string, file: string) =>
    // Both keys were read from this very value.
    all.apply((apps) => apps[app]?.[file] ?? "");
  return Object.fromEntries(
    [...names].map(([app, of]) => [app, Object.fromEntries(of.map((file) => [file, value(app, file)]))]),
  );
}
