import { clouds, environmentTiers } from "../stack-config";
import { linodeRegions } from "../linode-regions";
import { oneOf } from "./words";

export const cloud = oneOf(clouds).describe("The cloud that everything of this environment is made in.");

export const region = oneOf(linodeRegions).describe(
  "The cloud's own name for the region, for example fr-par. Changing it replaces the cluster and its nodes.",
);

export const tier = oneOf(environmentTiers).describe(
  "How much safety this environment buys: production takes images by digest only, protects what holds data and needs a " +
    "replicated, closed control plane. Default: the stack's name, where it is one of the tiers.",
);
