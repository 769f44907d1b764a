import { parse, stringify } from "yaml";

/** What a kubeconfig holds for one cluster and one user. */
export interface Access {
  readonly server: string;
  /** PEM. */
  readonly certificateAuthority: string;
  readonly token: string;
}

export const renderKubeconfig = (access: Access): string =>
  stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "rehearsal",
        cluster: {
          server: access.server,
          "certificate-authority-data": Buffer.from(access.certificateAuthority).toString("base64"),
        },
      },
    ],
    users: [{ name: "admin", user: { token: access.token } }],
    contexts: [{ name: "rehearsal", context: { cluster: "rehearsal", user: "admin" } }],
    "current-context": "rehearsal",
  });

interface ClusterEntry {
  readonly server?: string;
  /** PEM in base64. */
  readonly "certificate-authority-data"?: string;
}

/** The cluster of a kubeconfig that names one, as those of a rehearsal's hosts do; undefined where it names none. */
export const clusterIn = (kubeconfig: string): ClusterEntry | undefined => {
  const config = parse(kubeconfig) as { readonly clusters?: readonly { readonly cluster?: ClusterEntry }[] } | null;
  return config?.clusters?.[0]?.cluster;
};

/** The API server's address, of a kubeconfig that {@link renderKubeconfig} wrote. */
export const serverIn = (kubeconfig: string): string | undefined => clusterIn(kubeconfig)?.server;

/** The port of a kubeconfig that {@link renderKubeconfig} wrote. */
export const serverPort = (kubeconfig: string): number | undefined => {
  const server = serverIn(kubeconfig);
  return server === undefined ? undefined : Number(new URL(server).port);
};
