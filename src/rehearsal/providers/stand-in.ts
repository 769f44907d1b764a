import type { ChartRenderer } from "../charts";
import type { ClusterHost } from "../cluster-host";
import type { Inventory } from "../inventory";
import type { PropertyChange } from "./property-diff";
import type { PropertyPath } from "./property-path";
import type { Properties } from "./values";

/** A provider's package as the rehearsal plays it. */
export interface StandIn {
  /** The package's name in type tokens: `linode`. */
  readonly name: string;
  /** The version of the real provider whose behaviour it follows. */
  readonly version: string;
  /** Mistakes in an explicit provider's arguments. */
  checkConfig(config: Properties): readonly CheckFailure[];
  /** Whether a change of this argument points at another cloud, account or cluster, so that all in it moves. */
  configReplaces(name: string, before: Properties, after: Properties): boolean;
  /** One configured provider. @throws where the arguments cannot lead to a working one */
  configure(config: Properties, services: Services): Provider | Promise<Provider>;
  /** Brings back what an earlier run left running. */
  resume?(services: Services): Promise<void>;
}

/** What stand-ins act upon. */
export interface Services {
  readonly inventory: Inventory;
  readonly clusterHost: ClusterHost;
  readonly charts: ChartRenderer;
}

/** One configured provider, as the engine talks to it. Inputs may hold secrets and, at preview, unknowns. */
export interface Provider {
  check(request: CheckRequest): CheckResult | Promise<CheckResult>;
  diff(request: DiffRequest): DiffResult;
  create(request: CreateRequest): Promise<Created>;
  /** Undefined: it is gone. */
  read(request: ReadRequest): Promise<ReadResult | undefined>;
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(token: string, args: Properties): Promise<InvokeResult>;
}

export interface CheckFailure {
  readonly path: PropertyPath;
  readonly reason: string;
}

interface ResourceRequest {
  readonly urn: string;
  /** The type token: `linode:index/lkeCluster:LkeCluster`. */
  readonly type: string;
  /** Ends what is being waited for when the engine cancels. */
  readonly signal: AbortSignal;
}

export interface CheckRequest extends ResourceRequest {
  /** The resource's name in the program. */
  readonly name: string;
  readonly oldInputs: Properties | undefined;
  readonly inputs: Properties;
  /** The same at preview and in the update that follows it; empty where the engine gives none. */
  readonly randomSeed: Uint8Array;
}

export interface CheckResult {
  /** With the defaults and the names that the provider fills in. */
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly inputs: Properties;
}

export interface DiffResult {
  readonly changes: readonly (PropertyChange & { readonly replaces: boolean })[];
  readonly deleteBeforeReplace: boolean;
}

interface ChangingRequest extends ResourceRequest {
  readonly inputs: Properties;
  readonly preview: boolean;
  /** Seconds, from the resource's customTimeouts; 0 where it has none. */
  readonly timeout: number;
}

export type CreateRequest = ChangingRequest;

export interface Created {
  readonly id: string;
  readonly outputs: Properties;
}

export interface UpdateRequest extends ChangingRequest {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
}

export interface ReadRequest extends ResourceRequest {
  readonly id: string;
  /** Undefined on import, where nothing but the id is known. */
  readonly oldInputs: Properties | undefined;
  readonly oldOutputs: Properties | undefined;
}

export interface ReadResult {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

export interface DeleteRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
  readonly timeout: number;
}

export type InvokeResult =
  | { readonly result: Properties; readonly failures?: undefined }
  | { readonly failures: readonly CheckFailure[]; readonly result?: undefined };
