import type * as pulumi from "@pulumi/pulumi";
import type { NetworkArgs } from "./network-policy";
import type { ProbesArgs } from "./probes";
import type { ResourcesArgs } from "./resources";
import type { PortsArgs } from "./service";

/** What every kind of workload is told. Plain where the objects' names and shape depend on it. */
export interface WorkloadArgs extends PortsArgs {
  /** The workload's name, and that of its Service: at most 52 characters. Changing it replaces everything. */
  readonly name: string;
  /** Whose nodes it runs on. */
  readonly environment: string;
  /** The namespace, best as a `TenantNamespace`'s output, so that its guards come first. Changing it replaces everything. */
  readonly namespace: pulumi.Input<string>;
  /** `repository:tag` or `repository@sha256:…` */
  readonly image: pulumi.Input<string>;
  /**
   * Refuses an image without a digest.
   * @default true
   */
  readonly requireDigest?: boolean;
  /**
   * Arguments of the container. `$(KEY)` is replaced by that setting's value.
   * @default the image's own
   */
  readonly args?: readonly string[];
  readonly probes: ProbesArgs;
  readonly resources: ResourcesArgs;
  /**
   * Folders that may be written to, with the size of each; nothing else can be.
   * @default none
   */
  readonly writable?: Readonly<Record<string, string>>;
  /**
   * The ConfigMap's keys, which the container has as environment variables. A change rolls the pods.
   * @default none
   */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * Contents of the files in /var/run/secrets/holdfast, by file name. A change rolls the pods.
   * @default none
   */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Secret that keys the checksum of the secrets, which everyone who sees a pod can read; needed where there are any. */
  readonly checksumKey?: pulumi.Input<string>;
  /**
   * What is open to and from it.
   * @default nothing
   */
  readonly network?: NetworkArgs;
  /**
   * Seconds that a pod has to finish what it is doing.
   * @default 45
   */
  readonly terminationGracePeriodSeconds?: number;
  /** What the ServiceMonitor waits for: its definition, where this stack makes it. */
  readonly metricsDefinition?: pulumi.Resource | undefined;
  /**
   * Client id of the managed identity that the pods act as, on Azure; it must trust the pods' service account.
   * @default none
   * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
   */
  readonly workloadIdentity?: pulumi.Input<string>;
  /**
   * Labels of the nodes that it may run on; with none, any node will do that has what it asks for.
   * @default those of the environment's own pools
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Node pools that the pods wait for.
   * @default none
   */
  readonly nodes?: readonly pulumi.Resource[];
}

/** For calls to end that were begun before the pod was told to stop. */
export const defaultGraceSeconds = 45;
