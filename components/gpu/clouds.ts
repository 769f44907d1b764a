import type { Cloud } from "../shared/cloud";

/**
 * Whether a cloud's GPU nodes come without NVIDIA's device plugin, so that they offer no `nvidia.com/gpu` until it runs. As
 * read on 2026-11-21; the driver is none of the plugin's business, and is on the nodes of all three:
 *
 * - linode: LKE leaves the plugin to the customer, and gives the plugin alone, without a driver, as one of two full ways.
 *   https://techdocs.akamai.com/cloud-computing/docs/gpus-on-lke
 * - azure: AKS puts the driver on its GPU nodes and leaves the plugin to the customer.
 *   https://learn.microsoft.com/azure/aks/use-nvidia-gpu
 * - aws: Bottlerocket's NVIDIA variants, which the GPU pools run, bring driver and plugin.
 *   https://bottlerocket.dev/en/os/latest/#/concepts/variants/
 */
export const needsDevicePlugin: Readonly<Record<Cloud, boolean>> = { linode: true, azure: true, aws: false };
