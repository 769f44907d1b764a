import { optional, replacing, text, type PropertyTable } from "../shape";
import { tableStandIn } from "../table-package";
import { functions } from "./functions";
import { lkeCluster, resumeClusters } from "./lke-cluster";
import { lkeNodePool } from "./lke-node-pool";
import { clusterType, poolType } from "./node-pool";
import { objectStorageBucket } from "./object-storage-bucket";
import { objectStorageKey } from "./object-storage-key";
import { subnetType, vpc, vpcSubnet, vpcType } from "./vpc";

/** All are text on the wire: the SDK writes numbers and booleans of a provider's arguments as JSON. */
const config: PropertyTable = {
  ...Object.fromEntries(
    [
      "apiCaPath",
      "apiVersion",
      "configPath",
      "configProfile",
      "disableInternalCache",
      "eventPollMs",
      "lkeEventPollMs",
      "lkeNodeReadyPollMs",
      "maxRetryDelayMs",
      "minRetryDelayMs",
      "objAccessKey",
      "objBucketForceDelete",
      "objSecretKey",
      "objUseTempKeys",
      "skipImplicitReboots",
      "skipInstanceDeletePoll",
      "skipInstanceReadyPoll",
      "token",
      "uaPrefix",
      "version",
    ].map((name) => [name, optional(text())]),
  ),
  url: replacing(optional(text())),
};

/** Linode's cloud, played from the inventory. A new resource type is an entry here and a file beside it. */
export const linode = tableStandIn({
  name: "linode",
  version: "5.1.1",
  config,
  types: {
    [clusterType]: lkeCluster,
    [poolType]: lkeNodePool,
    [vpcType]: vpc,
    [subnetType]: vpcSubnet,
    "linode:index/objectStorageBucket:ObjectStorageBucket": objectStorageBucket,
    "linode:index/objectStorageKey:ObjectStorageKey": objectStorageKey,
  },
  functions,
  resume: resumeClusters,
});
