import { z } from "zod";

import { dnsName } from "./words";

export const domains = z
  .strictObject({
    base: z
      .string()
      .regex(dnsName, { error: "Wanted a DNS name in lower case, for example dev.example.com." })
      .regex(/\./, { error: "Wanted a full DNS name, for example dev.example.com." })
      .describe("The environment's zone, below which the hosts of its services lie."),
  })
  .describe("DNS names of this environment.");
