import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../components/cluster";
import type { ModelStore, StoreReader } from "../../../components/objects";
import type { StackConfig } from "../../config/stack-config";

/** What a cloud gives a stack: all that differs between clouds, behind one face. */
export interface CloudFoundation {
  readonly cluster: Cluster;
  /** Node pools that pods wait for. */
  readonly nodes: readonly pulumi.Resource[];
  /** Makes the store of the models, which these service accounts may read and nobody else in the cluster. */
  readonly modelStore: (readers: readonly StoreReader[], options: pulumi.ComponentResourceOptions) => ModelStore;
}

/**
 * Makes the cloud's provider, the network, and the cluster with its pools, or the pools in another stack's cluster.
 * @param token what the cloud is called with, where the stack file holds it; else the provider's own environment
 */
export type MakeCloud = (
  config: StackConfig,
  token: pulumi.Output<string> | undefined,
  parent: pulumi.Resource,
) => CloudFoundation;
