import { list, object, oneOf, optional, required, text } from "../shape";
import type { FunctionEntry } from "../table-package";
import { lkeVersions, regions } from "./catalogue";
import { region } from "./rules";
import { textOf } from "../values";

const regionOf = (id: string) => ({
  id,
  label: id,
  country: regions[id] ?? "",
  capabilities: ["Kubernetes", "Linodes", "NodeBalancers", "Object Storage", "Block Storage", "VPCs", "Cloud Firewall"],
  placementGroupLimits: [{ maximumLinodesPerPg: 5, maximumPgsPerCustomer: 100 }],
  resolvers: [],
  siteType: "core",
  status: "ok",
});

const tier = optional(text(oneOf("standard", "enterprise")));

export const functions: Readonly<Record<string, FunctionEntry>> = {
  "linode:index/getRegion:getRegion": {
    args: {
      id: required(text(region)),
      resolvers: optional(list(object({ ipv4: required(text()), ipv6: required(text()) }))),
    },
    invoke: ({ id }) => regionOf(textOf(id)),
  },
  "linode:index/getRegions:getRegions": {
    args: {},
    invoke: () => ({ id: "regions", regions: Object.keys(regions).map(regionOf) }),
  },
  "linode:index/getLkeVersions:getLkeVersions": {
    args: { tier },
    invoke: ({ tier: asked }) => {
      const which = textOf(asked ?? "standard");
      return { id: "lke-versions", tier: which, versions: lkeVersions.map((id) => ({ id, tier: which })) };
    },
  },
  "linode:index/getLkeVersion:getLkeVersion": {
    args: { id: required(text(oneOf(...lkeVersions))), tier },
    invoke: ({ id, tier: asked }) => ({ id: textOf(id), tier: textOf(asked ?? "standard") }),
  },
};
