import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseDocument, isMap, isScalar, stringify, type Node } from "yaml";
import type { ProjectSettings } from "@pulumi/pulumi/automation";
import type { Places } from "./places";

/** The project's own settings, with the rehearsal's backend in place of the user's. */
export const projectSettings = (repository: string, places: Places): ProjectSettings => {
  const settings = parse(readFileSync(join(repository, "Pulumi.yaml"), "utf8")) as ProjectSettings;
  // The module that it names is run from this process, so there is nothing for the engine to find in the project's folder.
  delete settings.main;
  return { ...settings, backend: { url: `file://${places.state}` } };
};

/** Pulumi's own keys beside `config`: they belong to the stack's real backend and secrets provider, which a rehearsal never asks. */
const providerKeys = ["secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/**
 * Copies a stack file into the rehearsal's project, over an earlier copy. Its secrets can't be read here, and must not be: each is left out, and
 * its path, as `pulumi config set --path` takes it, is returned, so that a stand-in value can be set in its place.
 */
export const copyStackFile = (folder: string, places: Places, stack: string): readonly string[] => {
  const document = parseDocument(readFileSync(join(folder, stackFile(stack)), "utf8"));
  const copy = join(places.project, stackFile(stack));
  const salt = existsSync(copy) ? parseDocument(readFileSync(copy, "utf8")).get("encryptionsalt") : undefined;
  for (const key of providerKeys) document.delete(key);
  if (salt !== undefined) document.set("encryptionsalt", salt);
  const config = document.get("config");
  const secrets = isMap(config) ? removeSecrets(config, []) : [];
  writeFileSync(copy, stringify(document), { mode: 0o600 });
  return secrets.map(([key, ...path]) => [key, ...path.map((part) => `["${part}"]`)].join(""));
};

export const stackFile = (stack: string): string => `Pulumi.${stack}.yaml`;

const removeSecrets = (node: Node, path: readonly string[]): (readonly string[])[] => {
  if (!isMap(node)) return [];
  const found: (readonly string[])[] = [];
  for (const { key, value } of [...node.items]) {
    const name = String(isScalar(key) ? key.value : key);
    if (isMap(value) && value.items.length === 1 && value.has("secure")) {
      node.delete(key);
      found.push([...path, name]);
    } else if (isMap(value)) {
      const below = removeSecrets(value, [...path, name]);
      // A map that held nothing but secrets would be a mistake without them; one that is empty by itself means its defaults.
      if (below.length > 0 && value.items.length === 0) node.delete(key);
      found.push(...below);
    }
  }
  return found;
};
