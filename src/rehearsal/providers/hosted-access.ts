import { clusterIn } from "../control-plane/kubeconfig";

/** How a hosted cluster is reached, as its cloud tells it. */
export interface HostedAccess {
  readonly server: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
}

/** @throws where the host's kubeconfig names no cluster */
export const accessOf = (kubeconfig: string): HostedAccess => {
  const cluster = clusterIn(kubeconfig);
  if (cluster?.server === undefined) throw new Error("The cluster's host gave a kubeconfig without a cluster.");
  return { server: cluster.server, certificateAuthority: cluster["certificate-authority-data"] ?? noAuthority };
};

/** A simulated cluster has nobody to vouch for it. */
const noAuthority = Buffer.from("no certificate authority: this cluster is simulated\n").toString("base64");
