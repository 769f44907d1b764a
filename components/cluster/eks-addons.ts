import { inputError } from "../shared/input-error";

/** A part of the cluster that EKS installs and repairs. */
export interface EksAddon {
  readonly name: string;
  readonly version: string;
  /** Whether it has to be there before the first node, or can only become healthy on one. */
  readonly when: "before nodes" | "on nodes";
  /** The add-on's own settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The service account of it that calls AWS, and the managed policy that it needs for that. */
  readonly identity?: { readonly serviceAccount: string; readonly policy: string };
}

/**
 * Versions that go with every minor version of Kubernetes here. `aws eks describe-addon-versions` is the authority; looked at
 * 2026-11-21, with no account at hand, in public repositories: vpc-cni and the agent as they are run with 1.32 to 1.36, the
 * EBS driver and the snapshot controller with 1.35.
 */
const versions = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.64.0-eksbuild.1",
  "snapshot-controller": "v8.5.0-eksbuild.5",
} as const;

/**
 * What has to follow the minor version: EKS's defaults, as a public log of a cluster that was upgraded through them all wrote
 * them down on 2026-09-24. A version that is added to src/config/kubernetes-versions.ts is added here.
 */
const following: Readonly<Record<string, { readonly "kube-proxy": string; readonly coredns: string }>> = {
  "1.32": { "kube-proxy": "v1.32.13-eksbuild.32", coredns: "v1.11.4-eksbuild.60" },
  "1.33": { "kube-proxy": "v1.33.10-eksbuild.29", coredns: "v1.12.4-eksbuild.38" },
  "1.34": { "kube-proxy": "v1.34.6-eksbuild.29", coredns: "v1.12.4-eksbuild.38" },
  "1.35": { "kube-proxy": "v1.35.3-eksbuild.29", coredns: "v1.13.2-eksbuild.31" },
  "1.36": { "kube-proxy": "v1.36.0-eksbuild.25", coredns: "v1.14.3-eksbuild.23" },
};

/**
 * The cluster's add-ons, in the order in which they are needed: nodes turn ready with a network, and what calls AWS gets its
 * credentials from the agent. Network policies are off in the network add-on until it is told.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
 * @throws InputPropertyError for a version of Kubernetes that no add-ons are known for
 */
export const eksAddons = (kubernetesVersion: string): EksAddon[] => [
  addon("eks-pod-identity-agent", "before nodes"),
  {
    ...addon("vpc-cni", "before nodes"),
    settings: { enableNetworkPolicy: "true" },
    identity: { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  },
  { name: "kube-proxy", version: versionFor("kube-proxy", kubernetesVersion), when: "before nodes" },
  { name: "coredns", version: versionFor("coredns", kubernetesVersion), when: "on nodes" },
  addon("snapshot-controller", "on nodes"),
  {
    ...addon("aws-ebs-csi-driver", "on nodes"),
    identity: { serviceAccount: "ebs-csi-controller-sa", policy: "service-role/AmazonEBSCSIDriverPolicy" },
  },
];

const addon = (name: keyof typeof versions, when: EksAddon["when"]): EksAddon => ({
  name,
  version: versions[name],
  when,
});

function versionFor(name: "kube-proxy" | "coredns", kubernetesVersion: string): string {
  const version = following[kubernetesVersion]?.[name];
  if (version !== undefined) return version;
  const known = Object.keys(following).join(", ");
  throw inputError(
    "kubernetesVersion",
    `found ${kubernetesVersion}; EKS add-ons are pinned for ${known}. Add the version to components/cluster/eks-addons.ts.`,
  );
}
