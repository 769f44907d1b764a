import type { types } from "@pulumi/kubernetes";
import { operatorQuota } from "../../namespace";
import { nodeLabel } from "../node-pool";
import { replicas } from "./growth";

/** The exemptions in policies/exemptions.ts name the namespace, and what is in it. */
export const namespace = "holdfast-karpenter";
const fullName = "karpenter";
export const serviceAccount = fullName;

/** Two pods, and a third while they are replaced; nothing else. */
export const quota = operatorQuota({
  requestsCpu: "4",
  requestsMemory: "4Gi",
  limitsCpu: "8",
  limitsMemory: "8Gi",
  services: 1,
  secrets: 2,
  pods: 4,
});

export interface Installation {
  readonly environment: string;
  readonly region: string;
  readonly clusterName: string;
  /** The pool that it runs on. */
  readonly homePool: string;
  /** The name of the queue with AWS's warnings. */
  readonly queue: string;
}

/**
 * What the chart is told. Its pods are as strict as ours by themselves; it keeps them off nodes that Karpenter manages, two
 * never on one node.
 * @see https://github.com/aws/karpenter-provider-aws/blob/v1.15.1/charts/karpenter/values.yaml
 */
export const karpenterValues = ({ environment, region, clusterName, homePool, queue }: Installation) => ({
  fullnameOverride: fullName,
  replicas,
  revisionHistoryLimit: 3,
  serviceAccount: { create: true, name: serviceAccount },
  nodeSelector: {
    "kubernetes.io/os": "linux",
    [nodeLabel.environment]: environment,
    [nodeLabel.pool]: homePool,
  },
  controller: {
    // Without it Karpenter asks the node's metadata service, which answers no pod.
    env: [{ name: "AWS_REGION", value: region }],
    // What the documentation recommends to start with; a memory limit above it only hides a leak.
    resources: {
      requests: { cpu: "1", memory: "1Gi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "2", memory: "1Gi", "ephemeral-storage": "256Mi" },
    },
  },
  settings: { clusterName, interruptionQueue: queue },
});

/** The chart's labels of its pods. */
export const karpenterLabels = { "app.kubernetes.io/name": "karpenter" } as const;

/**
 * To AWS's interfaces and the API server, whose addresses are AWS's to choose, and to the agent that hands out credentials;
 * in come those who read metrics.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
export const karpenterNetwork = (
  scraperNamespaces: readonly string[],
): types.input.networking.v1.NetworkPolicySpec => ({
  podSelector: { matchLabels: { ...karpenterLabels } },
  policyTypes: ["Ingress", "Egress"],
  ingress: scraperNamespaces.map((scraper) => ({
    from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": scraper } } }],
    ports: [{ protocol: "TCP", port: 8080 }],
  })),
  egress: [
    // Not the metadata service, nor anything else that is link-local.
    { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }], ports: [{ protocol: "TCP", port: 443 }] },
    { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ protocol: "TCP", port: 80 }] },
  ],
});
