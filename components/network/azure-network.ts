import { NatGateway } from "@pulumi/azure-native/network/natGateway";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import type { types } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { azureName } from "../shared/azure-names";
import { azureNetworkRules } from "./azure-network-rules";
import { azureSubnets } from "./azure-subnets";

export interface AzureNetworkArgs {
  /** The environment that owns the network; names are made from it. Changing it replaces the network. */
  readonly environment: string;
  /** Azure's region, for example `westeurope`. Changing it replaces the network. */
  readonly region: pulumi.Input<string>;
  readonly resourceGroup: pulumi.Input<string>;
  /** In CIDR notation, /22 or larger; no other environment's. Changing it replaces the subnets. */
  readonly range: string;
  /**
   * Public addresses that the nodes' connections leave from. Each carries 64512 connections to one destination at once.
   * @default 1
   */
  readonly egressAddresses?: number;
}

/**
 * An environment's own network: subnets for nodes, database and private endpoints, each closed but for what it is there
 * for; one way out, from addresses that stay; and the private names of PostgreSQL and Blob Storage.
 */
export class AzureNetwork extends pulumi.ComponentResource {
  public readonly networkId: pulumi.Output<string>;
  /** Known once the way out of it stands. */
  public readonly nodeSubnetId: pulumi.Output<string>;
  /** Delegated to PostgreSQL flexible servers. */
  public readonly databaseSubnetId: pulumi.Output<string>;
  public readonly endpointSubnetId: pulumi.Output<string>;
  /** Where nodes' and pods' connections to the outside come from. */
  public readonly egressAddresses: pulumi.Output<readonly string[]>;
  /** Ids of the private DNS zones, which the whole network resolves. */
  public readonly privateZoneIds: Readonly<Record<keyof typeof privateZones, pulumi.Output<string>>>;

  /** @throws InputPropertyError where the range can't be planned */
  public constructor(name: string, args: AzureNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:network:AzureNetwork", name, {}, opts);
    const child = { parent: this };
    const { environment, region: location } = args;
    const plan = azureSubnets(args.range);
    const rules = azureNetworkRules(plan);
    const inGroup = { resourceGroupName: args.resourceGroup };
    const called = (part: string) => `${azureName(environment)}-${part}`;
    const tags = { holdfast: environment };

    const network = new VirtualNetwork(
      name,
      {
        ...inGroup,
        location,
        tags,
        virtualNetworkName: azureName(environment),
        addressSpace: { addressPrefixes: [args.range] },
      },
      child,
    );
    const egress = Array.from(
      { length: args.egressAddresses ?? 1 },
      (_, i) =>
        new PublicIPAddress(
          `${name}-egress-${i + 1}`,
          {
            ...inGroup,
            location,
            tags,
            publicIpAddressName: called(`egress-${i + 1}`),
            publicIPAllocationMethod: "Static",
            sku: { name: "Standard", tier: "Regional" },
            zones: ["1", "2", "3"],
          },
          child,
        ),
    );
    const nat = new NatGateway(
      name,
      {
        ...inGroup,
        location,
        tags,
        natGatewayName: azureName(environment),
        // Of no zone in particular: Azure chooses one. StandardV2 spans zones, but this API's version doesn't list it yet.
        sku: { name: "Standard" },
        publicIpAddresses: egress.map(({ id }) => ({ id })),
        idleTimeoutInMinutes: 10,
      },
      child,
    );
    // Azure changes one subnet of a network at a time, and refuses the others meanwhile.
    let before: pulumi.Resource = network;
    const subnet = (part: keyof typeof plan, more: Partial<types.input.network.SubnetArgs>): pulumi.Output<string> => {
      const group = new NetworkSecurityGroup(
        `${name}-${part}`,
        { ...inGroup, location, tags, networkSecurityGroupName: called(part), securityRules: [...rules[part]] },
        child,
      );
      const made = new Subnet(
        `${name}-${part}`,
        {
          ...inGroup,
          virtualNetworkName: network.name,
          subnetName: part,
          addressPrefix: plan[part],
          networkSecurityGroup: { id: group.id },
          // Without this, machines get a public way out beside the NAT gateway.
          defaultOutboundAccess: false,
          ...more,
        },
        { ...child, dependsOn: [before] },
      );
      before = made;
      return made.id;
    };
    this.networkId = network.id;
    this.nodeSubnetId = subnet("nodes", { natGateway: { id: nat.id } });
    this.databaseSubnetId = subnet("database", {
      delegations: [{ name: "postgres", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
    });
    this.endpointSubnetId = subnet("endpoints", { privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled" });
    this.egressAddresses = pulumi
      .all(egress.map(({ ipAddress }) => ipAddress))
      .apply((addresses) => addresses.filter((address) => address !== undefined));

    const zone = (part: keyof typeof privateZones): pulumi.Output<string> => {
      const made = new PrivateZone(
        `${name}-${part}`,
        { ...inGroup, location: "Global", tags, privateZoneName: privateZones[part] },
        child,
      );
      const link = new VirtualNetworkLink(
        `${name}-${part}`,
        {
          ...inGroup,
          location: "Global",
          tags,
          privateZoneName: made.name,
          virtualNetworkLinkName: azureName(environment),
          virtualNetwork: { id: network.id },
          registrationEnabled: false,
        },
        child,
      );
      return pulumi.all([made.id, link.id]).apply(([id]) => id);
    };
    this.privateZoneIds = { postgres: zone("postgres"), blob: zone("blob") };
    this.registerOutputs({ networkId: this.networkId });
  }
}

/** @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns */
const privateZones = {
  postgres: "privatelink.postgres.database.azure.com",
  blob: "privatelink.blob.core.windows.net",
} as const;
