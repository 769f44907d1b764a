import { isMap, type Checker } from "./check-schema";
import { keyPath, suggest, type PathSegment } from "./mistake";
import { modelStoreSecrets } from "./model-store-secrets";
import { isSealed, looksSecret } from "./plain-secrets";
import { knownApp, unknownApp } from "./resolve-apps";
import { howToSetKubeconfig } from "./resolve-existing";
import { appSecrets } from "./schema/secrets";
import type { StackConfig } from "./stack-config";

const root = "holdfast:secrets";

/** The names of the secret files, by service, and mistakes for what is not encrypted. Values are neither kept nor shown. */
export function checkFileSecrets(checker: Checker, value: unknown): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  if (value === undefined) return names;
  if (isSealed(value)) {
    checker.add(root, "one secret", perFile);
    return names;
  }
  const checked = checker.checkEach(
    {
      of: "services, each with its files",
      schemaOf: (name) => (hasSecrets(name) ? appSecrets : unknownApp(name)),
      options: { hideValues: true },
    },
    value,
    root,
  );
  for (const [app, entry] of checked) {
    names[app] = Object.keys(entry.ok ? entry.value : entry.sound);
    for (const file of generatedTwice(app, names[app])) checker.add(keyPath(root, [app, file]), "set", generated);
  }
  return names;
}

/** Whether secrets may be set for this name. */
export function hasSecrets(name: string): boolean {
  return knownApp(name) !== undefined || name === modelStoreSecrets.of;
}

/** Whether the model store's key is there where it is needed, whole and nothing besides, and only there. */
export function checkModelStoreKey(
  checker: Checker,
  { cloud, modelStore }: { readonly cloud: StackConfig["cloud"]; readonly modelStore?: unknown },
  set: readonly string[] | undefined,
): void {
  const path = keyPath(root, [modelStoreSecrets.of]);
  if (modelStore === undefined) {
    if (set === undefined) return;
    const help =
      cloud === "existing" ? "There is no holdfast:modelStore. " : "The platform makes the store, and its own way in. ";
    checker.add(path, `set on ${cloud}`, `${help}Remove it here.`);
    return;
  }
  for (const file of modelStoreSecrets.files) {
    if (set?.includes(file) === true) continue;
    const help = `Required: the key that reads the bucket. pulumi config set --secret --path '${path}.${file}'`;
    checker.add(`${path}.${file}`, "missing", help);
  }
  for (const file of set ?? []) {
    if ((modelStoreSecrets.files as readonly string[]).includes(file)) continue;
    checker.add(keyPath(path, [file]), "no such file", suggest(file, modelStoreSecrets.files));
  }
}

/** A kubeconfig in the clear: anyone who can read the file would have the cluster. */
export function sealKubeconfig(checker: Checker): void {
  const help = `Anyone who can read the file has the cluster. Set it again: ${howToSetKubeconfig}`;
  checker.add("holdfast:kubeconfig", "a plain value", help);
}

/** Secret files that the platform makes itself, and that a stack would therefore set in vain. */
export function generatedTwice(app: string, files: readonly string[]): string[] {
  return files.filter((file) => Object.hasOwn(knownApp(app)?.generatedSecrets ?? {}, file));
}

export const generated = "The platform generates this one for each environment: remove it here.";
export const perFile =
  "Wanted a map of services, each with its files: pulumi config set --secret --path 'holdfast:secrets.web.api-key'.";

/**
 * Encrypted values where the program reads plain ones: it would hand them on in the clear. And a key that no schema sees.
 * Looks no deeper than a stack file goes, so that no nesting can exhaust it.
 */
export function findMisplaced(checker: Checker, sections: Readonly<Record<string, unknown>>): void {
  const look = (value: unknown, path: readonly PathSegment[]): void => {
    const [section = ""] = path;
    if (isSealed(value)) {
      if (section === "secrets" || (section === "kubeconfig" && path.length === 1)) return;
      const help = "Only holdfast:secrets is kept secret all the way. Move it there, or write it plainly.";
      checker.add(keyPath(`holdfast:${section}`, path.slice(1)), "an encrypted value", help);
    } else if (Array.isArray(value)) {
      if (path.length < 8) value.forEach((item, i) => look(item, [...path, i]));
    } else if (isMap(value) && path.length < 8) {
      for (const [key, item] of Object.entries(value)) look(item, [...path, key]);
      if (Object.hasOwn(value, "__proto__")) {
        // Not left to the schemas, which pass over this one key.
        checker.add(keyPath(`holdfast:${section}`, [...path.slice(1), "__proto__"]), "no such key", "Remove it.");
      }
    }
  };
  for (const [name, value] of Object.entries(sections)) look(value, [name]);
}

/** Whether a provider's own setting, such as `linode:token`, must be encrypted. */
export function mustBeSealed(key: string): boolean {
  return looksSecret(key.slice(key.indexOf(":") + 1));
}

export function sealProviderSetting(checker: Checker, key: string): void {
  checker.add(
    key,
    "a plain value",
    `Anyone who can read the file has it. Set it again: pulumi config set --secret ${key}.`,
  );
}
