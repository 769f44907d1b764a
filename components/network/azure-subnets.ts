import { Netmask } from "netmask";
import { inputError } from "../shared";
import { aksPodRange, aksServiceRange, azureKeptRanges } from "./cluster-ranges";
import { overlaps } from "./ranges";

/** An environment's range, cut up: what each subnet takes, in CIDR notation. */
export interface AzureSubnets {
  /** The nodes, and the load balancers that only the network reaches. Pods take none of it. */
  readonly nodes: string;
  /** PostgreSQL flexible servers, which want a subnet to themselves. */
  readonly database: string;
  /** Private endpoints of storage and other services. */
  readonly endpoints: string;
}

/**
 * The first half to the nodes, a /17 of a /16: what grows. Of the second half a /24 each to the database and the private
 * endpoints; the rest is free for what comes later.
 * @throws InputPropertyError where the range is not a network of at least /22, or overlaps with what AKS keeps for itself
 */
export const azureSubnets = (range: string): AzureSubnets => {
  const network = parsed(range);
  const own = [aksPodRange, aksServiceRange, ...azureKeptRanges].find((one) => overlaps(range, one));
  if (own) {
    throw inputError("range", `${range} overlaps with ${own}, which AKS keeps for itself. Take a range of 10.0.0.0/8.`);
  }
  const nodes = new Netmask(`${network.base}/${network.bitmask + 1}`);
  const database = new Netmask(`${nodes.next().base}/24`);
  return { nodes: nodes.toString(), database: database.toString(), endpoints: database.next().toString() };
};

const parsed = (range: string): Netmask => {
  const wrong = (found: string) =>
    inputError(
      "range",
      `${range} ${found}; an environment's network is a /16 such as 10.16.0.0/16, and at least a /22.`,
    );
  let network: Netmask;
  try {
    network = new Netmask(range);
  } catch {
    throw wrong("is no range in CIDR notation");
  }
  if (network.toString() !== range) throw wrong(`is not the start of a network (${network.toString()} is)`);
  if (network.bitmask > 22) throw wrong("is too small for the subnets");
  return network;
};
