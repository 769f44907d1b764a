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

/** The API server's address, of a kubeconfig that {@link renderKubeconfig} wrote. */
export const serverIn = (kubeconfig: string): string | undefined => {
  const config = parse(kubeconfig) as {
    readonly clusters?: readonly { readonly cluster?: { readonly server?: string } }[];
  } | null;
  return config?.clusters?.[0]?.cluster?.server;
};

/** The port of a kubeconfig that {@link renderKubeconfig} wrote. */
export const serverPort = (kubeconfig: string): number | undefined => {
  const server = serverIn(kubeconfig);
  return server === undefined ? undefined : Number(new URL(server).port);
};
