import type * as pulumi from "@pulumi/pulumi";
import type { JoiningFacts } from "../components/cluster";
import type { AppSpec } from "./apps";
import type { NamespaceTier, StackConfig, StackSecrets } from "./config";
import { modelStoreSecrets } from "./config/model-store-secrets";
import type { ExistingAccess } from "./layers/clouds";
import { Data } from "./layers/data";
import { enabledApps } from "./layers/enabled-apps";
import { Foundation } from "./layers/foundation";
import { PlatformServices } from "./layers/platform-services";
import { Workloads } from "./layers/workloads";
import { withShortStacks } from "./short-stacks";

export interface PlatformArgs {
  readonly config: StackConfig;
  /** Secret files of the stack file, by service. */
  readonly secrets: StackSecrets;
  /**
   * The cloud's, where it is registered already.
   * @default one that finds its credentials in its environment; none on a cluster that is there already
   */
  readonly provider?: pulumi.ProviderResource | undefined;
  /** The way into the cluster, on a stack whose cluster is there already. */
  readonly existing?: ExistingAccess | undefined;
  /** What the services are, by name. */
  readonly apps: Readonly<Record<string, AppSpec>>;
}

/** The stack's outputs. `clusterId`, `joining`, `kubeconfig` and `members` are what a stack that joins the cluster reads. */
export interface PlatformOutputs {
  readonly environment: string;
  /** Stacks that may join this one's cluster; none where the cluster is another's. */
  readonly members: readonly string[];
  readonly clusterId: pulumi.Output<string>;
  readonly joining: pulumi.Output<JoiningFacts>;
  /** A secret. */
  readonly kubeconfig: pulumi.Output<string>;
  readonly namespaces: Readonly<Record<NamespaceTier, pulumi.Output<string>>>;
  /** Where the environment's own images are pushed to; undefined where it brings no registry of its own. */
  readonly registry: pulumi.Output<string> | undefined;
  /** Addresses of the buckets that there are, by what they are for. */
  readonly buckets: Data["buckets"];
  /** Where each service is reached from within the cluster. */
  readonly services: Readonly<Record<string, pulumi.Output<string>>>;
}

/** The platform, layer by layer, each on those before it. */
export const deployPlatform = (args: PlatformArgs): PlatformOutputs => withShortStacks(() => layers(args));

const layers = ({ config, secrets, provider, existing, apps }: PlatformArgs): PlatformOutputs => {
  const enabled = enabledApps(config, apps);
  const foundation = new Foundation(config, {
    provider,
    existing,
    modelStoreKey: secrets[modelStoreSecrets.of],
  });
  const { cluster, namespaces } = foundation;
  const platformServices = new PlatformServices(config, foundation);
  const data = new Data(config, enabled, secrets, foundation);
  const workloads = new Workloads(config, enabled, { foundation, platformServices, data }, cluster.provider);
  return {
    environment: config.environment,
    members: config.cluster.kind === "own" ? config.cluster.members : [],
    clusterId: cluster.clusterId,
    joining: cluster.joining,
    kubeconfig: cluster.kubeconfig,
    namespaces,
    registry: data.registry?.address,
    buckets: data.buckets,
    services: workloads.urls,
  };
};
