import { inputError } from "../shared/input-error";
import { isRegion, zoneNames } from "./aws-zone-names";

/**
 * Three availability zones of a region.
 * @throws InputPropertyError where the text is no region's name, or the region has fewer than three
 */
export const zonesOf = (region: string): string[] => {
  if (!isRegion(region)) {
    throw inputError("region", `found "${region}"; wanted a region's name, for example eu-central-1.`);
  }
  const zones = zoneNames(region);
  if (zones.length === 0) {
    throw inputError("region", `${region} has two availability zones only, and this wants three. Take us-west-2.`);
  }
  return zones;
};
