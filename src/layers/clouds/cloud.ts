import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../components/cluster";
import type { Bucket, ModelStore, StoreReader } from "../../../components/objects";
import type { Registry } from "../../../components/registry";
import type { CloudStackConfig } from "../../config/stack-config";

/** What a cloud gives a stack: all that differs between clouds, behind one face. */
export interface CloudFoundation {
  readonly cluster: Cluster;
  /** Node pools that pods wait for. */
  readonly nodes: readonly pulumi.Resource[];
  /** Makes the store of the models, which these service accounts may read and nobody else in the cluster. */
  readonly modelStore: (readers: readonly StoreReader[], options: pulumi.ComponentResourceOptions) => ModelStore;
  /**
   * Makes the buckets that the environment has besides its models, by what they are for.
   * @default none, where the cloud is not ours
   */
  readonly buckets?: (options: pulumi.ComponentResourceOptions) => PlatformBuckets;
  /**
   * Makes the registry for the images of these services; at least one.
   * @default none: images come from a registry outside, such as GHCR on Linode. docs/images.md
   */
  readonly registry?: (apps: readonly [string, ...string[]], options: pulumi.ComponentResourceOptions) => Registry;
}

export interface PlatformBuckets {
  /** What services hand out to people, which expires. */
  readonly exports: Bucket;
  /** What brings back the cluster's volumes and databases. */
  readonly backups: Bucket;
}

/** Makes the network, and the cluster with its pools, or the pools in another stack's cluster. */
export type MakeCloud = (
  config: CloudStackConfig,
  provider: pulumi.ProviderResource,
  parent: pulumi.Resource,
) => CloudFoundation;
