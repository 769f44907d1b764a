import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { Checker, isMap } from "./check-schema";
import {
  checkFileSecrets,
  checkModelStoreKey,
  findMisplaced,
  mustBeSealed,
  sealKubeconfig,
  sealProviderSetting,
} from "./file-secrets";
import { describe, firstByPath, formatReport, suggest, type Mistake } from "./mistake";
import { modelStoreSecrets } from "./model-store-secrets";
import { isSealed } from "./plain-secrets";
import { resolveStack, sectionNames } from "./resolve";
import { stackClouds, type StackConfig } from "./stack-config";
import { readYaml } from "./yaml-text";

export type StackFile =
  | {
      readonly ok: true;
      readonly config: StackConfig;
      /** Names of the secret files that the stack sets, by service; their values stay encrypted. */
      readonly secretNames: Readonly<Record<string, readonly string[]>>;
      /** What may be right, but isn't known to be: a region that is newer than our list. */
      readonly warnings: readonly Mistake[];
    }
  | { readonly ok: false; readonly report: string; readonly mistakes: readonly Mistake[] };

export interface StackFileOptions {
  /** The stack that the file is for. @default what stands between `Pulumi.` and `.yaml` in its name */
  readonly stack?: string;
}

/**
 * Reads a stack file by itself, without Pulumi and without decrypting anything. Never throws: whatever is wrong with the
 * file, or with finding it, is in the report.
 */
export function parseStackFile(path: string, options: StackFileOptions = {}): StackFile {
  const file = basename(path);
  const stack = options.stack ?? /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1];
  const failed = (mistakes: readonly Mistake[]): StackFile => {
    const first = firstByPath(mistakes);
    return { ok: false, report: formatReport(path, first), mistakes: first };
  };
  if (stack === undefined) {
    return failed([
      { path: "the file", found: file, help: "Name it Pulumi.<stack>.yaml, or say which stack it is for." },
    ]);
  }
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return failed([{ path: "the file", found: "not readable", help: whyUnreadable(error) }]);
  }
  const read = readYaml(bytes);
  if (!read.ok) return failed(read.mistakes);
  const checker = new Checker();
  const sections = splitFile(checker, read.value ?? {});
  findMisplaced(checker, sections);
  const secretNames = checkFileSecrets(checker, sections["secrets"]);
  const { kubeconfig } = sections;
  if (kubeconfig !== undefined && !isSealed(kubeconfig)) sealKubeconfig(checker);
  const resolved = resolveStack(stack, sections);
  if (resolved.ok) checkModelStoreKey(checker, resolved.config, secretNames[modelStoreSecrets.of]);
  const mistakes = [...checker.mistakes, ...(resolved.ok ? [] : resolved.mistakes)];
  if (!resolved.ok || mistakes.length > 0) return failed(mistakes);
  return { ok: true, config: resolved.config, secretNames, warnings: resolved.warnings };
}

/** What Pulumi itself keeps in a stack file, beside `config`. */
export const pulumiKeys = ["config", "encryptionsalt", "secretsprovider", "encryptedkey", "environment"];

/**
 * Settings that are not ours and that something reads: Pulumi's own, and the cloud's token. The program's providers are
 * explicit ones, which take nothing else from a stack file, so that any other setting would be ignored without a word: on
 * AWS and Azure who is calling comes from the environment, as OIDC sets it there.
 */
export const foreignSettings = ["pulumi:*", "linode:token"] as const;

/** A guard of Pulumi.yaml: a stack that overrides it could reach whatever cluster or account the shell points at. */
const projectGuard = "pulumi:disable-default-providers";

/** Our own sections of a file, without their prefix; everything else in it is checked for being Pulumi's. */
function splitFile(checker: Checker, file: unknown): Record<string, unknown> {
  if (!isMap(file)) {
    checker.add("the file", describe(file), "Wanted a map with config: and, below it, keys such as holdfast:cloud.");
    return {};
  }
  for (const key of Object.keys(file)) {
    if (pulumiKeys.includes(key)) continue;
    const help = key.includes(":") ? "Settings stand below config:, indented." : suggest(key, pulumiKeys);
    checker.add(describe(key), "no such key", help);
  }
  const config = file["config"] ?? {};
  if (!isMap(config)) {
    checker.add("config", describe(config), "Wanted a map of settings, such as holdfast:cloud.");
    return {};
  }
  const sections: [string, unknown][] = [];
  for (const [key, value] of Object.entries(config)) {
    const [namespace, name] = split(key);
    if (namespace === "holdfast" && name !== undefined) sections.push([name, value]);
    else checkForeign(checker, key, namespace, name, value, config["holdfast:cloud"]);
  }
  // Not key by key: setting `__proto__` would vanish, and with it the mistake.
  return Object.fromEntries(sections);
}

function checkForeign(
  checker: Checker,
  key: string,
  namespace: string,
  name: string | undefined,
  value: unknown,
  cloud: unknown,
): void {
  const path = describe(key);
  if (name === undefined) {
    const known = (sectionNames as readonly string[]).includes(key);
    checker.add(
      path,
      "no such key",
      known ? `Write holdfast:${key}.` : "A setting has its owner before it, as holdfast:cloud.",
    );
  } else if (key === projectGuard) {
    checker.add(path, "set for one stack", "It guards every stack, from Pulumi.yaml. Remove it here.");
  } else if (namespace !== "pulumi" && key !== "linode:token") {
    checker.add(path, "nobody's setting", suggest(key, ["holdfast:…", ...foreignSettings]));
  } else if (key === "linode:token" && stackClouds.some((one) => one === cloud && one !== "linode")) {
    checker.add(path, `set on ${describe(cloud)}`, "Only stacks on linode are made with it. Remove it here.");
  } else if (mustBeSealed(key) && !isSealed(value)) {
    sealProviderSetting(checker, path);
  }
}

function split(key: string): [string, string | undefined] {
  const colon = key.indexOf(":");
  return colon < 0 ? [key, undefined] : [key.slice(0, colon), key.slice(colon + 1)];
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "There is no such file.";
  if (code === "EISDIR") return "This is a folder.";
  return code === "EACCES" ? "Reading it is not permitted." : "It cannot be opened.";
}
