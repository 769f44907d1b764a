import * as k8s from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { inboundRules, LinodeNodeFirewall, type FirewallRule } from "../../../components/network/linode-firewall";
import { LinodeNetwork } from "../../../components/network/linode-network";
import { linodeNetworkLabel } from "../../../components/shared";
import { networkLabel, subnetRange } from "../../../src/rehearsal/providers/linode/rules";
import { only, record } from "./recorder";

const region = "192.168.128.0/17";
const balancers = "192.168.255.0/24";

/** https://techdocs.akamai.com/cloud-computing/docs/lke-network-firewall-details, and Calico's own, of 2026-11-21. */
const needed: readonly (readonly [what: string, protocol: string, port: number | undefined, from: string])[] = [
  ["the kubelet's health checks", "TCP", 10250, region],
  ["kube-proxy's health checks", "TCP", 10256, region],
  ["kubectl proxy's tunnel", "UDP", 51820, region],
  ["DNS over TCP", "TCP", 53, region],
  ["DNS over UDP", "UDP", 53, region],
  ["Calico's BGP", "TCP", 179, region],
  ["Calico's Typha", "TCP", 5473, region],
  ["Calico's tunnels", "IPENCAP", undefined, region],
  ["the first node port", "TCP", 30_000, balancers],
  ["the last node port", "TCP", 32_767, balancers],
  ["the last node port over UDP", "UDP", 32_767, balancers],
];

const ranges = (ports: string | undefined): readonly (readonly [number, number])[] =>
  (ports ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return [first, last];
    });

const contains = (outer: string, inner: string): boolean => {
  const [[net, bits], [address, length]] = [ipaddr.IPv4.parseCIDR(outer), ipaddr.IPv4.parseCIDR(inner)];
  return length >= bits && address.match(net, bits);
};

/** As Cloud Firewall judges: the first rule that fits, else dropped. */
const accepted = (protocol: string, port: number | undefined, from: string): boolean => {
  const fits = (rule: FirewallRule) =>
    rule.protocol === protocol &&
    rule.addresses.ipv4.some((range) => contains(range, from)) &&
    (port === undefined || ranges(rule.ports).some(([first, last]) => first <= port && port <= last));
  return inboundRules.find(fits)?.action === "ACCEPT";
};

describe("the firewall of LKE's nodes", () => {
  it.each(needed)("lets in %s", (_what, protocol, port, from) => {
    expect(accepted(protocol, port, from)).toBe(true);
  });

  it("lets nothing in from the internet, on any port", () => {
    const address = fc.ipV4().filter((text) => ipaddr.IPv4.parse(text).range() === "unicast");
    fc.assert(
      fc.property(
        address,
        fc.constantFrom("TCP", "UDP", "ICMP", "IPENCAP"),
        fc.integer({ min: 1, max: 65_535 }),
        (from, protocol, port) => {
          expect(accepted(protocol, /TCP|UDP/.test(protocol) ? port : undefined, `${from}/32`)).toBe(false);
        },
      ),
    );
  });

  it("opens node ports to NodeBalancers alone", () => {
    expect(accepted("TCP", 31_000, "192.168.128.9/32")).toBe(false);
  });

  it("has labels that Cloud Firewall takes, each once", () => {
    const labels = inboundRules.map(({ label }) => label);
    expect(labels.filter((label) => !/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/.test(label))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
    expect(inboundRules.filter(({ description }) => description.length > 100)).toEqual([]);
    // https://techdocs.akamai.com/cloud-computing/docs/cloud-firewall#limits
    expect(inboundRules.length).toBeLessThanOrEqual(25);
  });
});

describe("the controller that keeps the firewall", () => {
  const recording = () =>
    record(() => {
      const provider = new k8s.Provider("kubernetes", { kubeconfig: "other" });
      return new LinodeNodeFirewall("firewall", { environment: "test" }, { provider });
    });

  it("adds no rules of its own, and drops what no rule lets in", async () => {
    const { inputs } = only(await recording(), "kubernetes:networking.linode.com/alpha1v1:CloudFirewall");
    expect(inputs["spec"]).toEqual({
      defaultRules: false,
      ruleset: { inbound_policy: "DROP", outbound_policy: "ACCEPT", inbound: inboundRules, outbound: [] },
    });
  });

  it("cannot make a firewall with its default rules, and writes to its own objects only", async () => {
    const { resources } = await recording();
    const rights = resources.filter(
      ({ type, name }) => /:(Cluster)?Role$/.test(type) && /^firewall(-controller)?$/.test(name),
    );
    const rules = rights.flatMap(({ inputs }) => inputs["rules"] as { apiGroups: string[]; verbs: string[] }[]);
    expect(rules.flatMap(({ verbs }) => verbs).filter((verb) => verb === "create" || verb === "*")).toEqual([]);
    const writing = rules.filter(({ verbs }) => verbs.some((verb) => !["get", "list", "watch"].includes(verb)));
    expect(writing.map(({ apiGroups }) => apiGroups)).toEqual(writing.map(() => ["networking.linode.com"]));
    expect(rights.find(({ type }) => type.endsWith(":ClusterRole"))?.inputs["rules"]).not.toContainEqual(
      expect.objectContaining({ verbs: expect.arrayContaining(["update"]) as unknown }),
    );
  });

  it("has a token that is renewed and no other, and is evicted last: without it new nodes stay open", async () => {
    const { inputs } = only(await recording(), "kubernetes:apps/v1:Deployment");
    expect(inputs["spec"]).toMatchObject({
      template: { spec: { automountServiceAccountToken: false, priorityClassName: "system-cluster-critical" } },
    });
  });

  it("is there before its firewall, which therefore goes first", async () => {
    const recorded = await recording();
    const firewall = only(recorded, "kubernetes:networking.linode.com/alpha1v1:CloudFirewall");
    expect(firewall.dependencies).toContain(only(recorded, "kubernetes:apps/v1:Deployment").urn);
  });
});

describe("the network on Linode", () => {
  const network = (environment: string, range: string) =>
    record(
      () =>
        new LinodeNetwork(
          "network",
          { environment, region: "fr-par", range },
          { provider: new linode.Provider("linode") },
        ),
    );

  it("is named and sized as Linode takes it, in the environment's range", async () => {
    const recorded = await network("production", "10.48.0.0/16");
    const vpc = only(recorded, "linode:index/vpc:Vpc").inputs as { label: string };
    const subnet = only(recorded, "linode:index/vpcSubnet:VpcSubnet").inputs as { label: string; ipv4: string };
    expect([networkLabel(vpc.label), networkLabel(subnet.label), subnetRange(subnet.ipv4)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(contains("10.48.0.0/16", subnet.ipv4)).toBe(true);
    // A subnet cannot grow: 4096 addresses from the start.
    expect(ipaddr.IPv4.parseCIDR(subnet.ipv4)[1]).toBe(20);
  });

  it("has a label within Linode's limits, or says at which argument it has none", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{1,60}$/), (environment) => {
        try {
          expect(networkLabel(linodeNetworkLabel(environment))).toBeUndefined();
        } catch (error) {
          expect(error).toMatchObject({ propertyPath: "environment" });
        }
      }),
    );
  });
});
