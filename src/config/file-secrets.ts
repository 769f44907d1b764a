import { isMap, type Checker } from "./check-schema";
import { keyPath, type PathSegment } from "./mistake";
import { isSealed, looksSecret } from "./plain-secrets";
import { knownApp, unknownApp } from "./resolve-apps";
import { appSecrets } from "./schema/secrets";

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
      schemaOf: (name) => (knownApp(name) === undefined ? unknownApp(name) : appSecrets),
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
      if (section === "secrets") return;
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
