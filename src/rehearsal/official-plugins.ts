import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { StackCloud } from "../config/stack-config";
import { cloudPackages } from "./cloud-packages";
import type { PackageName } from "./providers";

/** Where the user's own Pulumi keeps its plugins. */
export const officialPlugins = (): string => join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");

/** Clouds whose kubeconfig works as it is. The others' runs the cloud's command, which has no cloud to ask in a rehearsal. */
const withPlainKubeconfig: readonly StackCloud[] = ["linode", "existing"];

/**
 * The packages whose official provider may act in a rehearsal, where it is installed: those that reach no cloud. The
 * Kubernetes provider needs an API server and a way in, so it may where there is a real control plane and every cloud's
 * kubeconfig works by itself.
 */
const mayBeOfficial = ({ clouds, realControlPlane }: PlayersArgs): readonly PackageName[] =>
  realControlPlane && clouds.every((cloud) => withPlainKubeconfig.includes(cloud))
    ? ["random", "kubernetes"]
    : ["random"];

export interface PlayersArgs {
  /** The checkout, whose SDKs say which version of a plugin is wanted. */
  readonly repository: string;
  /** Those that the stacks are on. */
  readonly clouds: readonly StackCloud[];
  /** Whether clusters are real API servers. */
  readonly realControlPlane: boolean;
  /** @default the user's own, {@link officialPlugins} */
  readonly plugins?: string;
}

export interface PlayedBy {
  readonly standIns: readonly PackageName[];
  /** By package, the installed plugin's version. */
  readonly official: Readonly<Partial<Record<PackageName, string>>>;
}

/** Who plays each provider: the official plugin where it is installed in the version of the project's SDK, else a stand-in. */
export const playedBy = (args: PlayersArgs): PlayedBy => {
  const { repository, plugins = officialPlugins() } = args;
  const played: readonly PackageName[] = [
    ...new Set(args.clouds.flatMap((cloud) => (cloud === "existing" ? [] : [cloudPackages[cloud]]))),
    "kubernetes",
    "random",
  ];
  const official: Partial<Record<PackageName, string>> = {};
  for (const name of mayBeOfficial(args)) {
    const version = sdkVersion(repository, name);
    // The engine asks for the version that the SDK names, and no other.
    if (existsSync(join(plugins, `resource-${name}-v${version}`))) official[name] = version;
  }
  return { standIns: played.filter((name) => official[name] === undefined), official };
};

const sdkVersion = (repository: string, name: PackageName): string => {
  const manifest = readFileSync(join(repository, "node_modules", "@pulumi", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
};
