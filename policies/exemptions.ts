import type { Exemption } from "./core/exemption";

const devicePlugin = {
  resource: { kind: "DaemonSet", namespace: "holdfast-gpu", name: "nvidia-device-plugin" },
  owner: "platform",
  expires: "2027-10-31",
} as const;

const karpenter = { owner: "platform", expires: "2027-10-31" } as const;

const firewallController = {
  resource: { kind: "Deployment", namespace: "holdfast-firewall", name: "cloud-firewall-controller" },
  owner: "platform",
  expires: "2027-03-31",
} as const;

const snapshotScheduler = {
  resource: { kind: "Deployment", namespace: "holdfast-snapshots", name: "snapscheduler" },
  owner: "platform",
  expires: "2027-03-31",
} as const;

/**
 * What need not meet a rule, object by object. An entry that has expired, names no rule or is not exact stops every run of
 * the pack; one that its object doesn't need stops the stack that has the object.
 */
export const exemptions: readonly Exemption[] = [
  {
    rule: "forbid-host-path",
    ...devicePlugin,
    reason:
      "A device plugin meets the kubelet at a socket in /var/lib/kubelet/device-plugins, which only a hostPath reaches. It mounts that folder and no other.",
  },
  {
    rule: "require-run-as-nonroot",
    ...devicePlugin,
    reason:
      "The kubelet's socket folder is root's. The plugin is root without any capability, with a root file system that cannot be written to.",
  },
  {
    rule: "forbid-run-as-root-user",
    ...devicePlugin,
    reason: "The same: it says runAsUser 0, so that the image cannot decide otherwise.",
  },
  {
    rule: "require-pod-security-label",
    resource: { kind: "Namespace", name: "holdfast-gpu" },
    owner: "platform",
    expires: devicePlugin.expires,
    reason:
      "Pod Security has no exception for one pod, and below privileged no hostPath is let in. The namespace holds the device plugin and nothing else; warnings and audit still name restricted.",
  },
  {
    rule: "forbid-service-account-token",
    resource: { kind: "Deployment", namespace: "holdfast-karpenter", name: "karpenter" },
    ...karpenter,
    reason:
      "Karpenter watches pods and nodes through the API server, which it is for. Its chart has the token mounted and leaves no choice; nobody else works in its namespace.",
  },
  ...["Role", "RoleBinding"].map((kind) => ({
    rule: "forbid-reserved-namespaces",
    resource: { kind, namespace: "kube-system", name: "karpenter-dns" },
    ...karpenter,
    reason:
      "Karpenter tells nodes the address of the cluster's DNS, which it reads from the one Service kube-dns in kube-system: the right to get that one, and no other.",
  })),
  {
    rule: "require-image-digest",
    ...firewallController,
    reason:
      "Its digest could not be looked up where this was written. Until someone with access to its registry writes it down in controller-pod.ts, its release is named.",
  },
  {
    rule: "forbid-service-account-token",
    ...snapshotScheduler,
    reason:
      "It asks the API server for claims and makes snapshots there. Its chart has the token mounted, with no way to say otherwise.",
  },
  {
    rule: "require-image-digest",
    ...snapshotScheduler,
    reason:
      "The chart names its image by tag, and the digest could not be looked up where this was written; the chart's value image.tagOverride takes one. The proxy beside it is pinned by the chart.",
  },
];
