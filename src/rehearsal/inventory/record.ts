import type { Properties } from "../providers/values";

/** One thing that the stand-in cloud has. */
export interface InventoryRecord {
  /** Its Pulumi type token, for example `linode:index/lkeCluster:LkeCluster`. */
  readonly type: string;
  /** Its id in that cloud, unique within type and scope. */
  readonly id: string;
  /** The cluster that it lives in, where it lives in one. */
  readonly scope?: string;
  /** The name that people give it. */
  readonly label: string;
  readonly properties: Properties;
  /** What must not be read on disk: encrypted there. */
  readonly secrets?: Properties;
  /** What it came with and goes with, for example a node's cluster; it is no resource of its own in Pulumi. */
  readonly partOf?: { readonly type: string; readonly id: string };
}

/** Names one record. */
export type RecordKey = Pick<InventoryRecord, "type" | "id" | "scope">;

export const keyText = ({ type, scope, id }: RecordKey): string => `${type}\n${scope ?? ""}\n${id}`;
