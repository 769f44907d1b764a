import { anything, optional } from "../shape";
import type { FunctionEntry } from "../table-package";
import { textOf } from "../values";
import { accountId, regionOf } from "./account";

const zones = ["a", "b", "c"];

export const functions: Readonly<Record<string, FunctionEntry>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": {
    args: {},
    invoke: () => ({
      accountId,
      arn: `arn:aws:iam::${accountId}:user/rehearsal`,
      id: accountId,
      userId: "AIDAREHEARSAL",
    }),
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    args: Object.fromEntries(
      [...["allAvailabilityZones", "excludeNames", "excludeZoneIds", "filters", "region", "state"]].map((name) => [
        name,
        optional(anything),
      ]),
    ),
    invoke: (args, services) => {
      const region = regionOf(args, services);
      const names = zones.map((zone) => `${region}${zone}`);
      const zoneIds = zones.map((_, index) => `${region.replaceAll("-", "")}-az${index + 1}`);
      return { ...args, groupNames: [region], id: textOf(region), names, region, zoneIds };
    },
  },
};
