import type * as pulumi from "@pulumi/pulumi";

/** What the platform keeps objects for: each use has a bucket of its own. */
export type BucketUse = "models" | "exports" | "backups";

/** How long a bucket keeps what, in days. */
export interface Keeping {
  /** What was replaced or deleted can be brought back this long. */
  readonly replaced: number;
  /**
   * What is in the bucket goes after this.
   * @default never
   */
  readonly expires?: number;
  /**
   * Nothing can be deleted or overwritten for this long, by whoever holds a key or a role, where the bucket is durable
   * and the cloud has such a lock.
   * @default 0
   */
  readonly locked?: number;
}

/** Days after which what is left of an upload that broke off is deleted. */
export const brokenOffDays = 7;

/**
 * A backup's own end is its tool's to say, since only that knows what still depends on it; the lock is against whoever
 * would delete backups before asking for a ransom.
 */
export const keeping: Readonly<Record<BucketUse, Keeping>> = {
  models: { replaced: 30 },
  exports: { replaced: 7, expires: 30 },
  backups: { replaced: 30, locked: 30 },
};

/** A bucket as its users know it. */
export interface Bucket {
  /** Where it is: `s3://bucket`, or the https:// address of a container or of a bucket at its endpoint. */
  readonly address: pulumi.Output<string>;
}
