import { ApiException, AppsV1Api, CoreV1Api, KubeConfig, VersionApi } from "@kubernetes/client-node";
import { notRolledOut, type Rollout } from "./rollout";

/** What a smoke test asks of a cluster. */
export interface ClusterView {
  /** The API server's version; rejects when it doesn't answer. */
  readonly version: () => Promise<string>;
  /** Every deployment in the environment's namespaces. */
  readonly deployments: () => Promise<readonly Rollout[]>;
}

export interface SmokeResult {
  readonly passed: boolean;
  /** What was found, a line each: the first says how it ended. */
  readonly lines: readonly string[];
}

/**
 * Asks until everything is available or `waitBeforeNext` says that there is no time left. An environment without deployments fails:
 * it is more likely that we look in the wrong place than that it is meant.
 */
export const smokeTest = async (cluster: ClusterView, waitBeforeNext: () => Promise<boolean>): Promise<SmokeResult> => {
  let result = await look(cluster);
  while (!result.passed && (await waitBeforeNext())) result = await look(cluster);
  return result;
};

const look = async (cluster: ClusterView): Promise<SmokeResult> => {
  try {
    const version = await cluster.version();
    return judge(version, await cluster.deployments());
  } catch (error) {
    return { passed: false, lines: [`✗ the cluster does not answer: ${reasonOf(error)}`] };
  }
};

const judge = (version: string, deployments: readonly Rollout[]): SmokeResult => {
  if (deployments.length === 0) {
    return {
      passed: false,
      lines: [`✗ Kubernetes ${version} answers, but the environment has no deployments: found 0, wanted 1 or more`],
    };
  }
  const waiting = deployments.flatMap((deployment) => {
    const reason = notRolledOut(deployment);
    return reason === undefined ? [] : [`  ${nameOf(deployment)}   ${reason}`];
  });
  const count = `${deployments.length - waiting.length} of ${deployments.length} deployments are available`;
  return waiting.length === 0
    ? { passed: true, lines: [`✓ Kubernetes ${version} answers; ${count}`] }
    : { passed: false, lines: [`✗ Kubernetes ${version} answers; ${count}`, ...waiting.sort()] };
};

const nameOf = ({ metadata }: Rollout): string => `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;

/** An error's message, or its status alone; never its response or request, which may hold credentials. */
const reasonOf = (error: unknown): string => {
  if (error instanceof ApiException) return `HTTP status ${error.code}`;
  return error instanceof Error && error.message !== "" ? error.message : "an error without a message";
};

/**
 * The kubeconfig among a stack's outputs (`pulumi stack output --json --show-secrets`).
 *
 * @throws when there is none that can be used; the message names the outputs that there are, and no value
 */
export const kubeconfigIn = (outputs: unknown): KubeConfig => {
  const found = typeof outputs === "object" && outputs !== null ? Object.keys(outputs) : [];
  const text: unknown = found.includes("kubeconfig") ? (outputs as Record<string, unknown>)["kubeconfig"] : undefined;
  if (typeof text !== "string" || text === "[secret]") {
    throw new Error(
      `output kubeconfig: found ${text === "[secret]" ? "it hidden" : `the outputs ${found.join(", ") || "(none)"}`}, ` +
        "wanted a kubeconfig's text. Fix: export it from src/index.ts, and pass --show-secrets.",
    );
  }
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
  } catch {
    throw new Error("output kubeconfig: found text that is no kubeconfig, wanted its YAML.");
  }
  return config;
};

/** The cluster behind a kubeconfig, as far as one environment on it goes: it may be shared with others. */
export const clusterView = (config: KubeConfig, environment: string): ClusterView => {
  const core = config.makeApiClient(CoreV1Api);
  const apps = config.makeApiClient(AppsV1Api);
  return {
    version: async () => (await config.makeApiClient(VersionApi).getCode()).gitVersion,
    deployments: async () => {
      const labelSelector = `holdfast.dev/environment=${environment}`;
      const namespaces = (await core.listNamespace({ labelSelector })).items.map(
        ({ metadata }) => metadata?.name ?? "",
      );
      const lists = await Promise.all(namespaces.map((namespace) => apps.listNamespacedDeployment({ namespace })));
      return lists.flatMap(({ items }) => items);
    },
  };
};
