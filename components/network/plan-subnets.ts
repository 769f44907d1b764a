import { Netmask } from "netmask";
import { inputError } from "../shared/input-error";
import { eksServiceRange } from "./cluster-ranges";
import { overlaps } from "./ranges";
import { subnetLengths as size } from "./subnet-lengths";

/** The subnets of one availability zone, in CIDR notation. */
export interface ZoneSubnets {
  readonly zone: string;
  /** Load balancers and NAT gateways: the only ones that the internet can reach. */
  readonly public: string;
  /** Nodes and pods, each pod with an address of its own; out through NAT. */
  readonly private: string;
  /** The control plane's interfaces and the endpoints of AWS's services: no way out. */
  readonly intra: string;
}

/** More zones than that don't fit a range. */
export const maxZones = 2 ** (size.zone - size.range);

/**
 * Divides a network's range among zones. A zone's subnets depend on its place in the list and on nothing else, so that
 * another zone at the end moves none of those before it.
 *
 * @param range a private /16, for example `10.16.0.0/16`
 * @throws InputPropertyError where the range is not one, meets the range of Services, or where there are too many zones
 */
export const planSubnets = (range: string, zones: readonly string[]): ZoneSubnets[] => {
  const whole = checkedRange(range);
  if (zones.length === 0 || zones.length > maxZones || new Set(zones).size < zones.length) {
    throw inputError("zones", `found ${zones.join(", ") || "none"}; wanted 1 to ${maxZones} different ones.`);
  }
  return zones.map((zone, index) => {
    const quarter = new Netmask(`${whole.base}/${size.zone}`).next(index);
    const half = new Netmask(`${quarter.base}/${size.private}`);
    const fourth = new Netmask(`${half.next().base}/${size.public}`);
    const rest = new Netmask(`${fourth.next().base}/${size.intra}`);
    return { zone, private: half.toString(), public: fourth.toString(), intra: rest.toString() };
  });
};

/** @see https://www.rfc-editor.org/rfc/rfc1918 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => new Netmask(range));

function checkedRange(range: string): Netmask {
  const allowed = `a private /${size.range} in CIDR notation, for example 10.16.0.0/${size.range}`;
  if (!/^\d+\.\d+\.0\.0\/16$/.test(range)) throw inputError("range", `found "${range}"; wanted ${allowed}.`);
  const whole = new Netmask(range);
  if (!privateRanges.some((one) => one.contains(whole))) {
    throw inputError("range", `${range} has addresses of the internet; wanted ${allowed}.`);
  }
  if (overlaps(range, eksServiceRange)) {
    throw inputError(
      "range",
      `${range} meets the range of the cluster's Services, ${eksServiceRange}; take another, for example 10.16.0.0/16.`,
    );
  }
  return whole;
}
