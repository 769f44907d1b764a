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
 * Versions for Kubernetes 1.35, and kube-proxy's for each minor version that it has to follow. `aws eks
 * describe-addon-versions` is the authority; looked at 2026-11-21, with no account at hand, in public repositories: EKS's
 * own defaults for 1.35 as its answer of 2026-10-02 was written down, of the EBS driver and the snapshot controller what
 * clusters of 1.35 are run with.
 */
const versions = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  coredns: "v1.13.2-eksbuild.31",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.64.0-eksbuild.1",
  "snapshot-controller": "v8.5.0-eksbuild.5",
} as const;

const kubeProxy: Readonly<Record<string, string>> = {
  "1.34": "v1.34.6-eksbuild.25",
  "1.35": "v1.35.3-eksbuild.29",
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
  { name: "kube-proxy", version: kubeProxyFor(kubernetesVersion), when: "before nodes" },
  addon("coredns", "on nodes"),
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

function kubeProxyFor(kubernetesVersion: string): string {
  const version = kubeProxy[kubernetesVersion];
  if (version !== undefined) return version;
  const known = Object.keys(kubeProxy).join(", ");
  throw inputError(
    "kubernetesVersion",
    `found ${kubernetesVersion}; EKS add-ons are pinned for ${known}. Add the version to components/cluster/eks-addons.ts.`,
  );
}
