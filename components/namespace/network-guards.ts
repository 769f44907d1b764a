import type { types } from "@pulumi/kubernetes";

type Spec = types.input.networking.v1.NetworkPolicySpec;

/** Nothing in, nothing out, for every pod: what is allowed is added by other policies. */
export const defaultDeny: Spec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** Name resolution by the cluster's own DNS, over UDP and, for long answers, TCP. */
export const allowDns: Spec = {
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [
    {
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
          podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
        },
      ],
      ports: [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
      ],
    },
  ],
};

/**
 * Calls to the Kubernetes API. A policy sees the address behind the API's Service, which is the cloud's to choose and to
 * change, so that only the ports can be named: 443, and 6443 on Linode.
 */
export const allowApiServer: Spec = {
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [
    {
      ports: [
        { protocol: "TCP", port: 443 },
        { protocol: "TCP", port: 6443 },
      ],
    },
  ],
};
