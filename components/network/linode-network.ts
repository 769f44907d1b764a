import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { linodeNetworkLabel } from "../shared";

export interface LinodeNetworkArgs {
  /** The environment; labels are made from it. */
  readonly environment: string;
  /** Linode's region, for example `fr-par`. Changing it replaces the network. */
  readonly region: pulumi.Input<string>;
  /** The environment's range, a /16 in CIDR notation. */
  readonly range: string;
}

/**
 * An environment's VPC on Linode, and a subnet in it, which cost nothing: for what can be in one, such as machines and
 * managed databases.
 *
 * The cluster is not in it. LKE puts nodes into a VPC in its enterprise tier only, and the provider at 5.1.1 has neither a
 * cluster's VPC nor a pool's firewall as an argument. Nodes have public addresses, and talk to each other over the
 * region's private network; LinodeNodeFirewall closes them to the rest.
 * @see https://techdocs.akamai.com/cloud-computing/docs/vpc
 */
export class LinodeNetwork extends pulumi.ComponentResource {
  /** @throws InputPropertyError where the label doesn't fit */
  public constructor(name: string, args: LinodeNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:network:LinodeNetwork", name, {}, opts);
    const vpc = new linode.Vpc(
      name,
      {
        label: linodeNetworkLabel(args.environment),
        region: args.region,
        description: `Private network of ${args.environment}, by holdfast`,
      },
      // Labels are unique in an account, so that a network which has to be replaced stands in its successor's way.
      { parent: this, deleteBeforeReplace: true },
    );
    new linode.VpcSubnet(
      name,
      { vpcId: vpc.id.apply(Number), label: "data", ipv4: dataRange(args.range) },
      { parent: this, deleteBeforeReplace: true },
    );
    this.registerOutputs({});
  }
}

/** The range's first 4096 addresses; a subnet cannot grow, and the rest is left for others beside it. */
const dataRange = (range: string): string => range.replace(/\/16$/, "/20");
