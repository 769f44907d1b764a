import { KubeConfig } from "@kubernetes/client-node";

/** How a hosted cluster is reached, as its cloud tells it. */
export interface HostedAccess {
  readonly server: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
}

/** @throws where the host's kubeconfig names no cluster */
export const accessOf = (kubeconfig: string): HostedAccess => {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error("The cluster's host gave a kubeconfig without a cluster.");
  return { server: cluster.server, certificateAuthority: cluster.caData ?? noAuthority };
};

/** A simulated cluster has nobody to vouch for it. */
const noAuthority = Buffer.from("no certificate authority: this cluster is simulated\n").toString("base64");
