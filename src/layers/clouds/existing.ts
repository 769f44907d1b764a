import * as pulumi from "@pulumi/pulumi";
import { ExistingCluster } from "../../../components/cluster/existing-cluster";
import { s3CompatibleStore } from "../../../components/objects/s3-compatible-store";
import { modelStoreSecrets } from "../../config/model-store-secrets";
import type { ExistingStackConfig } from "../../config/stack-config";
import type { CloudFoundation } from "./cloud";

/** The way into a cluster that is there already, once the preflight has found it fit. */
export interface ExistingAccess {
  /** The cluster's own id, which stays whatever address and credentials lead to it. */
  readonly clusterId: string;
  /** Of one context, without commands or files. */
  readonly kubeconfig: pulumi.Output<string>;
}

/**
 * The platform on a cluster that is there already. Nothing of the cluster itself is made: its nodes, StorageClasses,
 * GPU plugin and custom resources are its owner's, and so several stacks can share it without any owning it.
 */
export const onExisting = (
  config: ExistingStackConfig,
  access: ExistingAccess,
  secrets: Readonly<Record<string, pulumi.Output<string>>>,
  parent: pulumi.Resource,
): CloudFoundation => {
  const durable = config.tier === "production";
  return {
    cluster: new ExistingCluster("cluster", { ...access, durable }, { parent }),
    nodes: [],
    modelStore: () => {
      const { modelStore } = config;
      const [accessKeyId, secretAccessKey] = modelStoreSecrets.files.map((file) => secrets[file]);
      if (!modelStore || !accessKeyId || !secretAccessKey) {
        throw new pulumi.RunError("An inference service needs holdfast:modelStore and holdfast:secrets.model-store.");
      }
      return s3CompatibleStore({ ...modelStore, accessKeyId, secretAccessKey });
    },
  };
};
