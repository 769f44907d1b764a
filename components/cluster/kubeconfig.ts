/** A cluster, and how one user signs in to it. */
export interface KubeconfigArgs {
  /** The cluster's, its user's and the context's: one of each is all that there is. */
  readonly name: string;
  readonly endpoint: string;
  /** PEM in base64, as clouds answer it. */
  readonly certificateAuthority: string;
  /** The entry's `user`: a token, or a command that says one. */
  readonly user: Readonly<Record<string, unknown>>;
}

/**
 * A kubeconfig with one context. JSON, which is YAML: where the user's entry is a secret, so is this.
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export const kubeconfigOf = ({ name, endpoint, certificateAuthority, user }: KubeconfigArgs): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
    users: [{ name, user }],
  });
