/** A rule of a Cloud Firewall, as its API and the controller's custom resource have it. */
export interface FirewallRule {
  /** 3 to 32 characters. @see https://techdocs.akamai.com/linode-api/reference/post-firewalls */
  readonly label: string;
  readonly description: string;
  readonly action: "ACCEPT" | "DROP";
  readonly protocol: "TCP" | "UDP" | "ICMP" | "IPENCAP";
  /** Ports and ranges, separated by commas; none for protocols without ports. */
  readonly ports?: string;
  readonly addresses: { readonly ipv4: readonly string[] };
}

/** Where the nodes and the control plane of LKE talk to each other: every region's private network. */
const privateNetwork = "192.168.128.0/17";

/** Where NodeBalancers call nodes from. */
const nodeBalancers = "192.168.255.0/24";

const rule = (
  label: string,
  description: string,
  what: Pick<FirewallRule, "protocol" | "ports">,
  from = privateNetwork,
): FirewallRule => ({ label, description, action: "ACCEPT", ...what, addresses: { ipv4: [from] } });

/**
 * What LKE's nodes need to be reached on, and from where; all else is dropped. Of Linode's list, and of its controller's own
 * rules, which are one ahead of it with Typha and IP in IP. Those let anyone ping a node; here only the region may.
 *
 * The private network is the region's, not the account's: what listens on these ports has to tell friend from foe by
 * itself, as the kubelet and WireGuard do.
 * @see https://techdocs.akamai.com/cloud-computing/docs/lke-network-firewall-details
 * @see https://github.com/linode/cloud-firewall-controller/blob/v0.2.1/internal/rules/defaults.go
 */
export const inboundRules: readonly FirewallRule[] = [
  rule("allow-icmp", "Ping and path MTU within the region", { protocol: "ICMP" }),
  rule("allow-kubelet", "Kubelet API and kube-proxy's health", { protocol: "TCP", ports: "10250,10256" }),
  rule("allow-wireguard", "Tunnel from the control plane", { protocol: "UDP", ports: "51820" }),
  rule("allow-dns-tcp", "Cluster DNS", { protocol: "TCP", ports: "53" }),
  rule("allow-dns-udp", "Cluster DNS", { protocol: "UDP", ports: "53" }),
  rule("allow-calico-bgp", "Calico's routes", { protocol: "TCP", ports: "179" }),
  rule("allow-calico-typha", "Calico's fan-out", { protocol: "TCP", ports: "5473" }),
  rule("allow-calico-ipip", "Pods of different nodes, IP in IP", { protocol: "IPENCAP" }),
  rule("allow-nodeports-tcp", "Services, by NodeBalancers", { protocol: "TCP", ports: "30000-32767" }, nodeBalancers),
  rule("allow-nodeports-udp", "Services, by NodeBalancers", { protocol: "UDP", ports: "30000-32767" }, nodeBalancers),
];
