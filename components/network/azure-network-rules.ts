import type { types } from "@pulumi/azure-native";
import type { AzureSubnets } from "./azure-subnets";

type Rule = types.input.network.SecurityRuleArgs;

/** What reaches each subnet from outside it, beyond what Azure lets in and out by itself. */
export const azureNetworkRules = (subnets: AzureSubnets): Readonly<Record<keyof AzureSubnets, readonly Rule[]>> => ({
  // The network reaches the nodes by Azure's own rules. The gateway's load balancer keeps its clients' addresses, so that
  // these ports must be open to all of them; AKS opens them to the load balancer's address only, in a group of its own.
  nodes: [inbound("gateway", 100, "Allow", { from: "Internet", ports: ["80", "443"] })],
  // A server and its standby talk to each other within the subnet, on ports that Microsoft doesn't list.
  database: [
    inbound("nodes", 100, "Allow", { from: subnets.nodes, to: subnets.database, ports: ["5432", "6432"] }),
    inbound("standby", 110, "Allow", { from: subnets.database, to: subnets.database, ports: "*" }),
    othersOfTheNetwork(),
  ],
  endpoints: [
    inbound("nodes", 100, "Allow", { from: subnets.nodes, to: subnets.endpoints, ports: ["443"] }),
    othersOfTheNetwork(),
  ],
});

const inbound = (
  name: string,
  priority: number,
  access: "Allow" | "Deny",
  { from, to = "*", ports }: { readonly from: string; readonly to?: string; readonly ports: "*" | readonly string[] },
): Rule => ({
  name,
  priority,
  access,
  direction: "Inbound",
  protocol: ports === "*" ? "*" : "Tcp",
  sourceAddressPrefix: from,
  sourcePortRange: "*",
  destinationAddressPrefix: to,
  ...(ports === "*" ? { destinationPortRange: "*" } : { destinationPortRanges: [...ports] }),
});

/** Azure's own rule 65000 lets the whole network in, and networks that peer with it. */
function othersOfTheNetwork(): Rule {
  return inbound("others", 4000, "Deny", { from: "VirtualNetwork", ports: "*" });
}
