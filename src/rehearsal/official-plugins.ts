import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { packages, type PackageName } from "./providers";

/** Where the user's own Pulumi keeps its plugins. */
export const officialPlugins = (): string => join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");

/**
 * The packages whose official provider may act in a rehearsal, where it is installed: those that reach no cloud. The
 * Kubernetes provider needs an API server, so it may where there is a real control plane.
 */
const mayBeOfficial = (realControlPlane: boolean): readonly PackageName[] =>
  realControlPlane ? ["random", "kubernetes"] : ["random"];

export interface PlayedBy {
  readonly standIns: readonly PackageName[];
  /** By package, the installed plugin's version. */
  readonly official: Readonly<Partial<Record<PackageName, string>>>;
}

/** Who plays each provider: the official plugin where it is installed in the version of the project's SDK, else a stand-in. */
export const playedBy = (repository: string, realControlPlane: boolean, plugins = officialPlugins()): PlayedBy => {
  const official: Partial<Record<PackageName, string>> = {};
  for (const name of mayBeOfficial(realControlPlane)) {
    const version = sdkVersion(repository, name);
    // The engine asks for the version that the SDK names, and no other.
    if (existsSync(join(plugins, `resource-${name}-v${version}`))) official[name] = version;
  }
  return { standIns: packages.filter((name) => official[name] === undefined), official };
};

const sdkVersion = (repository: string, name: PackageName): string => {
  const manifest = readFileSync(join(repository, "node_modules", "@pulumi", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
};
