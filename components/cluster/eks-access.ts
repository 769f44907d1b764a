import type { types } from "@pulumi/aws";
import { kubeconfigOf } from "./kubeconfig";

/** Who may reach the Kubernetes API from outside the network, as CIDR ranges. */
export interface EksAcl {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

type Access = Pick<
  types.input.eks.ClusterVpcConfig,
  "endpointPrivateAccess" | "endpointPublicAccess" | "publicAccessCidrs"
>;

/**
 * The API is always reached from within the network. From outside: by everyone where there is no list, as on the other
 * clouds, with authentication as the only guard; by those who are listed; by nobody where the list is empty. Ranges of IPv6
 * are left out, since the endpoint of a cluster whose network is IPv4 has no such address to call.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 */
export const endpointAccess = (acl: EksAcl | undefined): Access => {
  if (acl === undefined) return { endpointPrivateAccess: true, endpointPublicAccess: true };
  if (acl.ipv4.length === 0) return { endpointPrivateAccess: true, endpointPublicAccess: false };
  return { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: [...acl.ipv4] };
};

export interface EksKubeconfigArgs {
  readonly cluster: string;
  readonly region: string;
  readonly endpoint: string;
  /** In base64, as EKS answers it. */
  readonly certificateAuthority: string;
}

/**
 * A kubeconfig that asks the AWS CLI for a token at each call. EKS has no other credentials than tokens of 15 minutes, and a
 * rollout that brings a model along takes longer, so one that is read once would expire within the update. This is the
 * one place where a cloud's CLI is needed in the pipeline.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export const eksKubeconfig = ({ cluster, region, endpoint, certificateAuthority }: EksKubeconfigArgs): string =>
  kubeconfigOf({
    name: cluster,
    endpoint,
    certificateAuthority,
    user: {
      exec: {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        args: ["eks", "get-token", "--cluster-name", cluster, "--region", region, "--output", "json"],
        interactiveMode: "Never",
      },
    },
  });
