import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { eksClusterName } from "../shared/aws-names";
import { endpoints } from "./aws-endpoints";
import { flowLogs } from "./aws-flow-logs";
import { zonesOf } from "./aws-zones";
import { planSubnets, type ZoneSubnets } from "./plan-subnets";

export interface AwsNetworkArgs {
  /** The environment whose network it is. */
  readonly environment: string;
  /** AWS's region, for example `eu-central-1`. Changing it replaces the network and all that is in it. */
  readonly region: string;
  /** A private /16 in CIDR notation, which no network that this one peers with has. Changing it replaces the network. */
  readonly range: string;
  /**
   * A NAT gateway in each zone, so that the loss of a zone takes nobody else's way out. Otherwise one for all: cheaper, and
   * a single point of failure.
   * @default true
   */
  readonly natPerZone?: boolean;
  /**
   * Availability zones. Adding one at the end changes nothing of the others.
   * @default three of the region's
   */
  readonly zones?: readonly string[];
}

/**
 * A network over three zones, in which nodes have no public address: they go out through NAT, to S3, ECR and STS without
 * leaving AWS's network, and whatever flows is logged. What is put into the default security group reaches nothing.
 */
export class AwsNetwork extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  /** For load balancers that the internet reaches; one a zone. */
  public readonly publicSubnetIds: pulumi.Output<string[]>;
  /** For nodes; one a zone, known once it has its way out. */
  public readonly privateSubnetIds: pulumi.Output<string[]>;
  /** For the control plane's interfaces; one a zone, with no way out. */
  public readonly intraSubnetIds: pulumi.Output<string[]>;

  private readonly name: string;
  private readonly vpc: ec2.Vpc;
  private readonly label: string;

  /** @throws InputPropertyError where the range can't be divided, or the region has too few zones */
  public constructor(name: string, args: AwsNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:network:AwsNetwork", name, {}, opts);
    const { region, range } = args;
    const zones = planSubnets(range, args.zones ?? zonesOf(region));
    this.name = name;
    this.label = eksClusterName(args.environment);
    this.vpc = new ec2.Vpc(
      name,
      { cidrBlock: range, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: this.label } },
      { parent: this },
    );
    // Without a rule in it, so that nothing is reachable by having been given no group.
    new ec2.DefaultSecurityGroup(name, { vpcId: this.vpc.id, ingress: [], egress: [] }, { parent: this });

    const open = this.publicSubnets(zones);
    const gateways = this.natGateways((args.natPerZone ?? true) ? open : open.slice(0, 1));
    const closed = zones.map((zone, index) => this.privateSubnet(zone, gateways[index] ?? gateways[0]));
    const intraTable = this.table("intra");
    const intra = zones.map((zone) => this.subnet(zone, "intra", intraTable));

    this.vpcId = this.vpc.id;
    this.publicSubnetIds = pulumi.all(open.map(({ id }) => id));
    this.privateSubnetIds = pulumi.all(closed.map(({ id }) => id));
    this.intraSubnetIds = pulumi.all(intra.map(({ id }) => id));
    const { vpcId, intraSubnetIds: subnetIds } = this;
    const routeTableIds = [...closed.map(({ table }) => table.id), intraTable.id];
    endpoints(name, { label: this.label, region, range, vpcId, subnetIds, routeTableIds }, this);
    flowLogs(name, { environment: args.environment, vpc: this.vpc }, this);
    this.registerOutputs({ vpcId });
  }

  private publicSubnets(zones: readonly ZoneSubnets[]): Subnet[] {
    const tags = { Name: this.label };
    const gateway = new ec2.InternetGateway(this.name, { vpcId: this.vpc.id, tags }, { parent: this });
    const table = this.table("public");
    const route = new ec2.Route(
      `${this.name}-public`,
      { routeTableId: table.id, destinationCidrBlock: anywhere, gatewayId: gateway.id },
      { parent: this },
    );
    return zones.map((zone) => this.subnet(zone, "public", table, route));
  }

  private natGateways(subnets: readonly Subnet[]): ec2.NatGateway[] {
    return subnets.map(({ zone, id: subnetId }) => {
      const tags = { Name: `${this.label}-${zone}` };
      const address = new ec2.Eip(`${this.name}-${zone}`, { domain: "vpc", tags }, { parent: this });
      return new ec2.NatGateway(
        `${this.name}-${zone}`,
        { allocationId: address.allocationId, subnetId, tags },
        { parent: this },
      );
    });
  }

  /** Each has a table of its own, so that going from one NAT gateway to one a zone only changes routes. */
  private privateSubnet(zone: ZoneSubnets, gateway: ec2.NatGateway | undefined): Subnet {
    const table = this.table(`private-${zone.zone}`);
    const route =
      gateway &&
      new ec2.Route(
        `${this.name}-private-${zone.zone}`,
        { routeTableId: table.id, destinationCidrBlock: anywhere, natGatewayId: gateway.id },
        { parent: this },
      );
    return this.subnet(zone, "private", table, route);
  }

  private table(purpose: string): ec2.RouteTable {
    const tags = { Name: `${this.label}-${purpose}` };
    return new ec2.RouteTable(`${this.name}-${purpose}`, { vpcId: this.vpc.id, tags }, { parent: this });
  }

  private subnet(zone: ZoneSubnets, kind: SubnetKind, table: ec2.RouteTable, route?: ec2.Route): Subnet {
    const name = `${this.name}-${kind}-${zone.zone}`;
    const subnet = new ec2.Subnet(
      name,
      {
        vpcId: this.vpc.id,
        availabilityZone: zone.zone,
        cidrBlock: zone[kind],
        mapPublicIpOnLaunch: false,
        tags: { Name: `${this.label}-${kind}-${zone.zone}`, ...balancerTags[kind] },
      },
      { parent: this },
    );
    const routed = new ec2.RouteTableAssociation(
      name,
      { subnetId: subnet.id, routeTableId: table.id },
      { parent: this },
    );
    const ready = [routed.id, ...(route ? [route.id] : [])];
    return { zone: zone.zone, table, id: pulumi.all([subnet.id, pulumi.all(ready)]).apply(([id]) => id) };
  }
}

type SubnetKind = "public" | "private" | "intra";

interface Subnet {
  readonly zone: string;
  readonly table: ec2.RouteTable;
  /** Known once the subnet has its routes. */
  readonly id: pulumi.Output<string>;
}

const anywhere = "0.0.0.0/0";

/**
 * By which load balancer controllers find where to put theirs.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 */
const balancerTags: Readonly<Record<SubnetKind, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
  intra: {},
};
