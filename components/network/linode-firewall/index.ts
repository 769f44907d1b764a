export { LinodeNodeFirewall, type LinodeNodeFirewallArgs } from "./linode-node-firewall";
export { inboundRules, type FirewallRule } from "./rules";
