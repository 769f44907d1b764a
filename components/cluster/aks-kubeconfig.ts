import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { kubeconfigOf } from "./kubeconfig";

/** Where a cluster's API is, and by whose signature it is known. */
export interface AksEndpoint {
  readonly endpoint: string;
  /** PEM in base64, as kubeconfigs hold it. */
  readonly certificateAuthority: string;
}

/**
 * Azure's own name for AKS: what a token must be made out to for any AKS cluster to accept it.
 * @see https://azure.github.io/kubelogin/concepts/aks.html
 */
export const aksServerApplication = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * The part of the kubeconfig which Azure gives that is the same for everyone.
 * @param kubeconfig YAML
 * @throws RunError where there is no address or no authority in it; without the kubeconfig, which may hold secrets
 */
export const endpointOf = (kubeconfig: string): AksEndpoint => {
  const file = parse(kubeconfig) as { readonly clusters?: readonly { readonly cluster?: ClusterEntry }[] } | null;
  const cluster = file?.clusters?.[0]?.cluster;
  const endpoint = cluster?.server;
  const certificateAuthority = cluster?.["certificate-authority-data"];
  if (typeof endpoint === "string" && typeof certificateAuthority === "string")
    return { endpoint, certificateAuthority };
  const missing = typeof endpoint === "string" ? "certificate-authority-data" : "server";
  throw new pulumi.RunError(`The kubeconfig that Azure gave for the cluster has no clusters[0].cluster.${missing}.`);
};

interface ClusterEntry {
  readonly server?: unknown;
  readonly "certificate-authority-data"?: unknown;
}

/**
 * A kubeconfig that needs no program beside it, for the time that its token lives: over an hour.
 * @param token a secret, and so is what comes back
 */
export const tokenKubeconfig = (name: string, endpoint: AksEndpoint, token: string): string =>
  kubeconfigOf({ name, ...endpoint, user: { token } });
