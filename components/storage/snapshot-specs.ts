import { inputError } from "../shared/input-error";
import type { Cloud } from "../shared";

/** What a cloud's own driver needs to take a snapshot. */
export interface SnapshotSpec {
  /** The CSI driver, which takes snapshots of its own volumes only. */
  readonly driver: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * How each cloud takes snapshots; undefined where its driver takes none. Both that do are encrypted as their volumes are.
 *
 * - aws: only what changed is stored. EksCluster brings the controller as an add-on.
 *   https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/snapshot.md
 * - azure: incremental, which is the driver's default where a region has it. AKS brings the controller.
 *   https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
 * - linode: Block Storage has no snapshots, and so its driver lacks the capability; looked at v1.1.4 on 2026-11-21.
 *   https://github.com/linode/linode-blockstorage-csi-driver/issues/107
 */
export const snapshotSpecs: Readonly<Record<Cloud, SnapshotSpec | undefined>> = {
  linode: undefined,
  aws: { driver: "ebs.csi.aws.com" },
  azure: { driver: "disk.csi.azure.com", parameters: { incremental: "true" } },
};

/**
 * What takes snapshots on a cloud.
 * @throws InputPropertyError where nothing does, saying what to do instead
 */
export const snapshotSpec = (cloud: Cloud, propertyPath: string): SnapshotSpec => {
  const spec = snapshotSpecs[cloud];
  if (spec !== undefined) return spec;
  const able = Object.entries(snapshotSpecs).flatMap(([name, one]) => (one ? [name] : []));
  throw inputError(
    propertyPath,
    `asks for volume snapshots, which ${cloud} has none of; ${able.join(" and ")} have. Leave it out, and let the ` +
      "service write its own backups to the stack's object storage.",
  );
};
