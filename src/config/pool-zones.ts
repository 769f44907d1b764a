import { zoneNames } from "../../components/network/aws-zone-names";
import type { Checker } from "./check-schema";
import type { Cloud } from "./stack-config";

/** @see https://learn.microsoft.com/azure/aks/availability-zones-overview: regions that have zones have these three */
const azureZones = ["1", "2", "3"];

/** The zones that pools of a cloud may name; none on Linode, whose regions have none, and undefined where that is not known. */
export function zonesIn(cloud: Cloud, region: string | undefined): readonly string[] | undefined {
  switch (cloud) {
    case "linode":
      return [];
    case "azure":
      return azureZones;
    case "aws":
      return region === undefined ? undefined : someOf(zoneNames(region));
  }
}

/** A region that is a mistake has none, which is said already. */
const someOf = (zones: readonly string[]): readonly string[] | undefined => (zones.length > 0 ? zones : undefined);

/** Zones that the region hasn't, or that are listed twice. `path` is the pool's. */
export function checkZones(
  checker: Checker,
  path: string,
  zones: readonly string[],
  known: readonly string[] | undefined,
): void {
  if (known?.length === 0) {
    checker.add(`${path}.zones`, zones.join(", "), "Linode's regions have no zones. Leave the key out.");
    return;
  }
  for (const [index, zone] of zones.entries()) {
    const at = `${path}.zones[${index}]`;
    if (known !== undefined && !known.includes(zone)) {
      checker.add(at, zone, `The cluster's network has no such zone. It has ${known.join(", ")}.`);
    } else if (zones.indexOf(zone) < index) {
      checker.add(at, zone, "It is listed twice.");
    }
  }
}
