import type * as pulumi from "@pulumi/pulumi";

/** Where model artefacts lie, and how a pod reads them with rclone. */
export interface ModelStore {
  /** The bucket as rclone's path: `:s3:bucket`, `:azureblob:container`. */
  readonly remote: pulumi.Output<string>;
  /** rclone's flags for this service; nothing secret. @see https://rclone.org/flags/ */
  readonly flags: readonly pulumi.Input<string>[];
  readonly access: StoreAccess;
  /**
   * Where whoever brings models finds the bucket: `s3://bucket`, or an https:// address.
   * @default what lies elsewhere, with an owner of its own
   */
  readonly address?: pulumi.Output<string>;
}

/** What a reader shows to be let in. */
export type StoreAccess =
  /** A file that is mounted where `storeCredentialsPath` says; a secret. */
  | { readonly kind: "credentials-file"; readonly file: pulumi.Output<string> }
  /** EKS Pod Identity: the pod's service account is associated with a role, and the pod asks an agent on its node. */
  | { readonly kind: "pod-identity" }
  /** Microsoft Entra Workload ID: the service account names a managed identity that trusts it. */
  | { readonly kind: "workload-identity"; readonly clientId: pulumi.Output<string> };

/** A service account of the cluster that may read a store. */
export interface StoreReader {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Where a pod that reads a store finds the file, where there is one. */
export const storeCredentialsPath = "/var/run/secrets/model-store/credentials";
