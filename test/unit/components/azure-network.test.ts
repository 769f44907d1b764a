import type * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/azure-native/provider";
import fc from "fast-check";
import { Netmask } from "netmask";
import { describe, expect, it } from "vitest";
import { AzureNetwork } from "../../../components/network/azure-network";
import { azureNetworkRules } from "../../../components/network/azure-network-rules";
import { azureSubnets } from "../../../components/network/azure-subnets";
import { aksPodRange, aksServiceRange } from "../../../components/network/cluster-ranges";
import { only, record } from "./recorder";

const azure = (type: string) => `azure-native:${type}`;
const providers = () => ({ providers: [new Provider("azure", { location: "westeurope" })] });
const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

describe("the subnets of a network on Azure", () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 8, max: 22 }))
    .map(([second, bits]) => new Netmask(`10.${second}.0.0/${bits}`).toString());

  it("lie in the range, apart from each other and from what the clusters have inside", () => {
    fc.assert(
      fc.property(range, (whole) => {
        const subnets = Object.values(azureSubnets(whole)).map((one: string) => new Netmask(one));
        const inside = [aksPodRange, aksServiceRange].map((one) => new Netmask(one));
        for (const [i, one] of subnets.entries()) {
          expect(new Netmask(whole).contains(one)).toBe(true);
          for (const other of [...subnets.slice(i + 1), ...inside]) {
            expect(one.contains(other.base) || other.contains(one.base)).toBe(false);
          }
        }
      }),
    );
  });

  it("of a /16 give the nodes a /17", () => {
    expect(azureSubnets("10.16.0.0/16")).toEqual({
      nodes: "10.16.0.0/17",
      database: "10.16.128.0/24",
      endpoints: "10.16.129.0/24",
    });
  });

  it.each([
    ["10.16.0.0/23", "too small"],
    ["10.16.3.0/16", "not the start of a network"],
    ["net", "no range in CIDR notation"],
    ["100.64.0.0/16", "overlaps with 100.64.0.0/12"],
    ["172.16.0.0/12", "overlaps with 172.30.0.0/16"],
  ])("refuse %s: %s", (wrong, reason) => {
    expect(() => azureSubnets(wrong)).toThrow(reason);
  });

  it("let nobody but the nodes at the database and the endpoints", () => {
    const subnets = azureSubnets("10.16.0.0/16");
    const rules = azureNetworkRules(subnets);
    for (const part of ["database", "endpoints"] as const) {
      const from = rules[part].filter(({ access }) => access === "Allow").map((rule) => rule.sourceAddressPrefix);
      expect(from.every((one) => one === subnets.nodes || one === subnets[part])).toBe(true);
      const last = rules[part].at(-1);
      expect(last).toMatchObject({ access: "Deny", sourceAddressPrefix: "VirtualNetwork", destinationPortRange: "*" });
    }
  });
});

describe("a network on Azure", () => {
  const network = () =>
    record(
      () =>
        new AzureNetwork(
          "net",
          { environment: "test", region: "westeurope", resourceGroup: "group", range: "10.16.0.0/16" },
          providers(),
        ),
    );

  it("changes one subnet after the other, each with a group of rules and no way out of Azure's choosing", async () => {
    const recording = await network();
    const subnets = recording.resources.filter(({ type }) => type === azure("network:Subnet"));
    expect(subnets.map(({ inputs }) => inputs["defaultOutboundAccess"])).toEqual([false, false, false]);
    for (const [i, one] of subnets.entries()) {
      expect(one.inputs["networkSecurityGroup"]).toEqual({ id: `net-${one.name.slice(4)}-id` });
      if (i > 0) expect(one.dependencies).toContain(subnets[i - 1]?.urn);
    }
  });

  it("lets the nodes out by the NAT gateway, from addresses of every zone", async () => {
    const recording = await network();
    expect(only(recording, azure("network:Subnet"), "net-nodes").inputs["natGateway"]).toEqual({ id: "net-id" });
    const address = only(recording, azure("network:PublicIPAddress")).inputs;
    expect(address).toMatchObject({ publicIPAllocationMethod: "Static", zones: ["1", "2", "3"] });
    expect(await value(recording.result.egressAddresses)).toEqual(["20.1.2.3"]);
  });
});
