import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "./config/stack-config";
import type { ExistingAccess } from "./layers/clouds";

/**
 * On a cluster that is there already, looks whether it is fit before the first resource is registered, at previews too:
 * nothing is half made on a cluster that can't keep what the platform promises.
 * @returns undefined on a cloud, where the cluster is made
 * @throws pulumi.RunError with all that is missing
 */
export const wayIn = async (
  config: StackConfig,
  kubeconfig: string | undefined,
): Promise<ExistingAccess | undefined> => {
  if (config.cloud !== "existing" || kubeconfig === undefined) return undefined;
  // Its Kubernetes client takes time to load, and no other stack needs it.
  const { findingsReport, preflight, withVerdict } = await import("./preflight");
  const result = await preflight(config, kubeconfig);
  const missing = withVerdict(result, "missing");
  const { clusterId } = result;
  if (missing.length > 0 || clusterId === undefined) {
    throw new pulumi.RunError(findingsReport(config.environment, missing, "mistake"));
  }
  const doubtful = withVerdict(result, "doubtful");
  if (doubtful.length > 0) void pulumi.log.warn(findingsReport(config.environment, doubtful, "warning"));
  return { clusterId, kubeconfig: pulumi.secret(kubeconfig) };
};
