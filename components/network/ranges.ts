import { Netmask } from "netmask";

/** Whether two ranges, in CIDR notation, have an address in common. Of two ranges one has the other's first, or neither. */
export const overlaps = (one: string, other: string): boolean => {
  const [a, b] = [new Netmask(one), new Netmask(other)];
  return a.contains(b.base) || b.contains(a.base);
};
