import {
  aksPodRange,
  aksServiceRange,
  azureKeptRanges,
  eksServiceRange,
} from "../../components/network/cluster-ranges";
import { overlaps } from "../../components/network/ranges";
import type { Checker } from "./check-schema";
import type { Mistake } from "./mistake";
import { network } from "./schema/network";
import { environmentTiers } from "./stack-config";
import type { Cloud, ClusterConfig, EnvironmentTier, NetworkConfig, StackConfig } from "./stack-config";

const path = "holdfast:network";

/** Apart from each other, so that the three environments can peer, and from what offices and homes usually have. */
export const defaultRanges: Readonly<Record<EnvironmentTier, string>> = {
  development: "10.16.0.0/16",
  staging: "10.32.0.0/16",
  production: "10.48.0.0/16",
};

/** Ranges that no network on a cloud may meet, and whose they are. */
const taken: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = {
  linode: {},
  aws: { [eksServiceRange]: "EKS has its Services there" },
  azure: {
    [aksPodRange]: "AKS has its pods there",
    [aksServiceRange]: "AKS has its Services there",
    ...Object.fromEntries(azureKeptRanges.map((range) => [range, "AKS keeps it to itself"])),
  },
};

export interface NetworkSurroundings {
  readonly environment: string;
  readonly tier: EnvironmentTier | undefined;
  readonly cloud: Cloud | undefined;
  readonly cluster: ClusterConfig | undefined;
}

/** Whether a stack makes a network: on Linode nodes have public addresses, and one that joins a cluster is in its owner's. */
export const makesNetwork = ({ cloud, cluster }: Pick<NetworkSurroundings, "cloud" | "cluster">): boolean =>
  cloud !== undefined && cloud !== "linode" && cluster?.kind === "own";

/** The network's range, or undefined where it has a mistake, or the tier that it depends on. */
export function resolveNetwork(
  checker: Checker,
  value: unknown,
  around: NetworkSurroundings,
): NetworkConfig | undefined {
  const { environment, tier, cloud } = around;
  if (value === undefined) {
    const named = environmentTiers.some((name) => name === environment);
    if (!named && tier !== undefined && makesNetwork(around)) {
      const help =
        `Required: a private /16 that no other environment has, for example 10.64.0.0/16. The default, ` +
        `${defaultRanges[tier]}, is for the stack that is called ${tier}.`;
      checker.add(`${path}.range`, "missing", help);
      return undefined;
    }
    return tier && { range: defaultRanges[tier] };
  }
  const checked = checker.check(network, value, path);
  if (!checked.ok) return undefined;
  const { range } = checked.value;
  for (const [other, whose] of Object.entries(cloud === undefined ? {} : taken[cloud])) {
    if (overlaps(range, other)) checker.add(`${path}.range`, range, `It meets ${other}: ${whose}. Take another /16.`);
  }
  return checked.value;
}

/** A stack and the file that it stands in. */
export interface NamedStack {
  readonly file: string;
  readonly config: StackConfig;
}

/** Networks of different stacks that meet, so that they could never peer: a mistake in each one's file, by file. */
export function overlappingNetworks(stacks: readonly NamedStack[]): ReadonlyMap<string, readonly Mistake[]> {
  const owners = stacks.flatMap(({ file, config }) =>
    config.cloud !== "existing" && makesNetwork(config) ? [{ file, config }] : [],
  );
  const found = owners.map(({ file, config }): [string, Mistake[]] => {
    const others = owners.filter((o) => o.file !== file && overlaps(o.config.network.range, config.network.range));
    const mistakes = others.map((other) => ({
      path: `${path}.range`,
      found: config.network.range,
      help: `It meets ${other.config.network.range} of ${other.file}: the two could never peer. Take another private /16.`,
    }));
    return [file, mistakes];
  });
  return new Map(found.filter(([, mistakes]) => mistakes.length > 0));
}
