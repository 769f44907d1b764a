import ipaddr from "ipaddr.js";
import { z } from "zod";

import { label } from "./words";

/** A range in CIDR notation of one family, its host bits zero: a range written wrong would open more or less than meant. */
function cidr(family: "ipv4" | "ipv6") {
  const example = family === "ipv4" ? "203.0.113.0/24" : "2001:db8::/32";
  return z.string({ error: `Wanted a CIDR range, for example ${example}.` }).check(({ value, issues }) => {
    const message = cidrFault(value, family, example);
    if (message !== undefined) issues.push({ code: "custom", input: value, message, continue: true });
  });
}

function cidrFault(text: string, family: "ipv4" | "ipv6", example: string): string | undefined {
  const suffix = family === "ipv4" ? "/32" : "/128";
  if (ipaddr.isValid(text) && !text.includes("/"))
    return `Wanted a range; for this one address write ${text}${suffix}.`;
  if (!ipaddr.isValidCIDR(text)) return `Wanted a CIDR range, for example ${example}.`;
  const [address, bits] = ipaddr.parseCIDR(text);
  if (address.kind() !== family)
    return `This is ${address.kind() === "ipv4" ? "IPv4" : "IPv6"}: list it under ${address.kind()}.`;
  const network =
    family === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  if (network.toNormalizedString() === address.toNormalizedString()) return undefined;
  return `The address is not the start of its range. Did you mean ${network.toString()}/${bits}?`;
}

const controlPlaneAcl = z
  .strictObject({
    ipv4: z.array(cidr("ipv4")).max(100).default([]).describe("IPv4 ranges, for example 203.0.113.0/24."),
    ipv6: z.array(cidr("ipv6")).max(100).default([]).describe("IPv6 ranges, for example 2001:db8::/32."),
  })
  .describe("Who may reach the Kubernetes API. Default: everyone, which production refuses.");

export const ownCluster = z
  .strictObject({
    kubernetesVersion: z
      .string({ error: ({ input }) => (input === undefined ? undefined : 'Wanted a string: quote it, as "1.35".') })
      .regex(/^1\.\d{2}$/, { error: "Wanted a minor version, for example 1.35." })
      .describe('Minor version that the cloud offers, in quotes: "1.35".'),
    highAvailability: z
      .boolean()
      .optional()
      .describe("Replicated control plane; can be turned on later, never off. Default: on in production only."),
    controlPlaneAcl: controlPlaneAcl.optional(),
    members: z.array(label).max(20).default([]).describe("Stacks that join this cluster and bring pools of their own."),
  })
  .describe("A cluster that this stack owns.");

export const joinedCluster = z
  .strictObject({ join: label.describe("The stack that owns the cluster.") })
  .describe("A place in the cluster of another stack, with namespaces and node pools of one's own.");
