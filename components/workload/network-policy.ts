import type { types } from "@pulumi/kubernetes";
import { podSelector } from "./labels";

type Spec = types.input.networking.v1.NetworkPolicySpec;
type Peer = types.input.networking.v1.NetworkPolicyPeer;
type Port = types.input.networking.v1.NetworkPolicyPort;

/** A workload at one end of a connection. */
export interface Endpoint {
  readonly name: string;
  readonly namespace: string;
}

/** All that is open to and from one workload; the namespace denies the rest. */
export interface NetworkArgs {
  /** Workloads that call this one, on its `port`. */
  readonly callers: readonly Endpoint[];
  /** Workloads that this one calls, with the port that each listens on. */
  readonly callees: readonly (Endpoint & { readonly port: number })[];
  /** Namespaces whose pods may all call this one: the edge's, where the workload has hosts outside. */
  readonly callerNamespaces: readonly string[];
  /** Namespaces whose pods may read the metrics. */
  readonly scraperNamespaces: readonly string[];
  /**
   * Whether it may reach the internet, on port 443 and no private address.
   * @default false
   */
  readonly internet?: boolean;
  /**
   * Whether it may ask EKS's Pod Identity agent, on its own node, for credentials.
   * @default false
   */
  readonly podIdentity?: boolean;
}

/** Nothing in, nothing out. */
export const closed: NetworkArgs = { callers: [], callees: [], callerNamespaces: [], scraperNamespaces: [] };

const namespacePeer = (namespace: string): Peer => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
});

const endpointPeer = ({ name, namespace }: Endpoint): Peer => ({
  ...namespacePeer(namespace),
  podSelector: { matchLabels: podSelector(name) },
});

const tcp = (port: number): Port[] => [{ protocol: "TCP", port }];

/** Private, shared, link-local (with the cloud's metadata service) and loopback ranges: everything but the internet. */
const notInternet = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const podIdentityAgent = { ipBlock: { cidr: "169.254.170.23/32" } };

/** One policy for both directions of one workload. */
export const connectionPolicy = (
  workload: { readonly name: string; readonly port: number; readonly metricsPort: number },
  network: NetworkArgs,
): Spec => {
  const callers = [...network.callers.map(endpointPeer), ...network.callerNamespaces.map(namespacePeer)];
  const scrapers = network.scraperNamespaces.map(namespacePeer);
  return {
    podSelector: { matchLabels: podSelector(workload.name) },
    policyTypes: ["Ingress", "Egress"],
    // A rule without `from` would let everyone in, so there is one only where there is someone.
    ingress: [
      ...(callers.length > 0 ? [{ from: callers, ports: tcp(workload.port) }] : []),
      ...(scrapers.length > 0 ? [{ from: scrapers, ports: tcp(workload.metricsPort) }] : []),
    ],
    egress: [
      ...network.callees.map((callee) => ({ to: [endpointPeer(callee)], ports: tcp(callee.port) })),
      ...(network.podIdentity ? [{ to: [podIdentityAgent], ports: tcp(80) }] : []),
      ...(network.internet ? [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: notInternet } }], ports: tcp(443) }] : []),
    ],
  };
};
