import type { Cloud } from "../shared/cloud";

/**
 * Whether a cloud's GPU nodes come without NVIDIA's device plugin, so that they offer no `nvidia.com/gpu` until it runs. The
 * plugin brings no driver: that is the node image's. Looked at on 2026-11-21:
 *
 * - linode: LKE leaves the plugin to the customer. It names the plugin alone, without a driver, as one of two full ways;
 *   that the driver is on the nodes follows from that, and isn't said outright.
 *   https://techdocs.akamai.com/cloud-computing/docs/gpus-on-lke
 * - azure: AKS puts the driver on its GPU nodes and leaves the plugin to the customer.
 *   https://learn.microsoft.com/azure/aks/use-nvidia-gpu
 * - aws: Bottlerocket's NVIDIA variants, which the GPU pools run, bring driver and plugin.
 */
export const needsDevicePlugin: Readonly<Record<Cloud, boolean>> = { linode: true, azure: true, aws: false };
