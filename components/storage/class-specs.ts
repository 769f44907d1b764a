import type { Cloud } from "../shared";

/** What a cloud's own driver needs to make a volume that is encrypted at rest. */
export interface VolumeSpec {
  /** The CSI driver. */
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The two uses of a volume. */
export interface VolumeSpecs {
  /** For what can be made again, such as a cache: goes with its claim. */
  readonly standard: VolumeSpec;
  /** For data: stays when its claim is deleted, by accident or on purpose. */
  readonly retain: VolumeSpec;
}

/** gp3 on the account's own key for EBS. @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md */
const ebs: VolumeSpec = { provisioner: "ebs.csi.aws.com", parameters: { type: "gp3", encrypted: "true" } };

/** @see https://github.com/linode/linode-blockstorage-csi-driver/blob/main/docs/encrypted-drives.md, which needs a region that has it */
const linodeBlockStorage: VolumeSpec = {
  provisioner: "linodebs.csi.linode.com",
  parameters: { "linodebs.csi.linode.com/encrypted": "true" },
};

/**
 * Azure encrypts every managed disk. What holds data is kept in all zones of the region, so that its pod may move to another.
 * @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
 */
const azureDisk = (skuName: string): VolumeSpec => ({ provisioner: "disk.csi.azure.com", parameters: { skuName } });

export const volumeSpecs: Readonly<Record<Cloud, VolumeSpecs>> = {
  linode: { standard: linodeBlockStorage, retain: linodeBlockStorage },
  aws: { standard: ebs, retain: ebs },
  azure: { standard: azureDisk("Premium_LRS"), retain: azureDisk("Premium_ZRS") },
};
