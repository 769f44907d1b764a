import type { types } from "@pulumi/kubernetes";

type Schema = types.input.apiextensions.v1.JSONSchemaProps;

export const cloudFirewallKind = {
  group: "networking.linode.com",
  version: "alpha1v1",
  kind: "CloudFirewall",
  plural: "cloudfirewalls",
} as const;

const text: Schema = { type: "string" };
const texts: Schema = { type: "array", items: text };
const policy: Schema = { type: "string", enum: ["ACCEPT", "DROP"] };

const rules: Schema = {
  type: "array",
  items: {
    type: "object",
    required: ["action", "label", "protocol", "addresses"],
    properties: {
      action: policy,
      label: text,
      description: text,
      ports: text,
      protocol: { type: "string", enum: ["TCP", "UDP", "ICMP", "IPENCAP"] },
      addresses: { type: "object", properties: { ipv4: texts, ipv6: texts } },
    },
  },
};

/**
 * The controller's kind, in as far as it reads it and writes to it at v0.2.1.
 * @see https://github.com/linode/cloud-firewall-controller/blob/v0.2.1/api/alpha1v1/cloudfirewall_types.go
 */
export const cloudFirewallDefinition: types.input.apiextensions.v1.CustomResourceDefinitionSpec = {
  group: cloudFirewallKind.group,
  scope: "Namespaced",
  names: {
    kind: cloudFirewallKind.kind,
    plural: cloudFirewallKind.plural,
    singular: "cloudfirewall",
    listKind: `${cloudFirewallKind.kind}List`,
  },
  versions: [
    {
      name: cloudFirewallKind.version,
      served: true,
      storage: true,
      subresources: { status: {} },
      schema: {
        openAPIV3Schema: {
          type: "object",
          properties: {
            spec: {
              type: "object",
              properties: {
                defaultRules: { type: "boolean" },
                ruleset: {
                  type: "object",
                  properties: { inbound: rules, outbound: rules, inbound_policy: policy, outbound_policy: policy },
                },
              },
            },
            status: {
              type: "object",
              properties: {
                "firewall-id": text,
                nodes: { type: "array", items: { type: "integer" } },
                "last-update": { type: "string", format: "date-time" },
              },
            },
          },
        },
      },
    },
  ],
};
