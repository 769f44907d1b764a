import { z } from "zod";

import { region } from "./placement";

/** The word for no copy. */
export const noReplica = "none";

export const replicaRegion = z.union([z.literal(noReplica), region]).meta({
  description:
    "The region that keeps a copy of production's buckets, or none. Default: on AWS one in the same country or in the " +
    "European Union, on Azure the region's pair. Linode copies to no other region: docs/buckets.md.",
});
