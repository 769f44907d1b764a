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
