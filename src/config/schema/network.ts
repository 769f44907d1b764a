import ipaddr from "ipaddr.js";
import { z } from "zod";

const example = "Wanted a private /16, for example 10.16.0.0/16.";

function rangeFault(text: string): string | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return example;
  const [address, bits] = ipaddr.IPv4.parseCIDR(text);
  if (bits !== 16) return `Subnets for every zone are cut out of it, so its size is fixed. ${example}`;
  // https://www.rfc-editor.org/rfc/rfc1918
  if (address.range() !== "private") return `These are addresses of the internet. ${example}`;
  const start = ipaddr.IPv4.networkAddressFromCIDR(text).toString();
  return start === address.toString()
    ? undefined
    : `The address is not the start of its range. Did you mean ${start}/16?`;
}

export const network = z
  .strictObject({
    range: z
      .string({ error: example })
      .check(({ value, issues }) => {
        const message = rangeFault(value);
        if (message !== undefined) issues.push({ code: "custom", input: value, message, continue: true });
      })
      .describe("A private /16 that no other environment has. Changing it replaces the network and all in it."),
  })
  .describe(
    "The environment's own network. Default: 10.16.0.0/16 for development, 10.32.0.0/16 for staging, 10.48.0.0/16 for production.",
  );
