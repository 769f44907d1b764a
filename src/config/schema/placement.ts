import { z } from "zod";

import { environmentTiers, stackClouds } from "../stack-config";
import { regions } from "../regions";
import { oneOf } from "./words";

export const cloud = oneOf(stackClouds).describe(
  "The cloud that everything of this environment is made in; existing puts it on a cluster that is there already.",
);

/** A region's name; whether it is one is judged apart, since that can be doubtful. */
export const region = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*(-?\d[a-z]?)?$/, {
    error: "Wanted the cloud's own name for a region, for example fr-par, eu-west-3 or francecentral.",
  })
  .meta({
    description:
      "The cloud's own name for the region, for example fr-par. Changing it replaces the cluster and its nodes.",
    examples: Object.values(regions).flatMap(({ known }) => known),
  });

export const tier = oneOf(environmentTiers).describe(
  "How much safety this environment buys: production takes images by digest only, protects what holds data and needs a " +
    "replicated, closed control plane. Default: the stack's name, where it is one of the tiers.",
);
