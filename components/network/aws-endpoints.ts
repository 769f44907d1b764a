import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";

export interface EndpointsArgs {
  /** What the endpoints are called in the console. */
  readonly label: string;
  readonly region: string;
  /** Who may call them: the network's range in CIDR notation. */
  readonly range: string;
  readonly vpcId: pulumi.Input<string>;
  /** One a zone. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** Tables whose subnets reach S3 without NAT. */
  readonly routeTableIds: pulumi.Input<string>[];
}

/** Image pulls and the exchange of credentials: what every node does, and what NAT would charge for by the byte. */
const services = ["ecr.api", "ecr.dkr", "sts"] as const;

/**
 * The services of AWS that nodes call most, within the network: ECR keeps its layers in S3, so both are needed for a pull.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export const endpoints = (name: string, args: EndpointsArgs, parent: pulumi.Resource): void => {
  const { label, region, vpcId } = args;
  const group = new ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      name: `${label}-endpoints`,
      vpcId,
      description: "HTTPS from the network to the endpoints of AWS services",
      ingress: [
        {
          description: "HTTPS from the network",
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlocks: [args.range],
        },
      ],
      // Endpoints answer, they call nobody.
      egress: [],
      tags: { Name: `${label}-endpoints` },
    },
    { parent },
  );
  new ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: args.routeTableIds,
      tags: { Name: `${label}-s3` },
    },
    { parent },
  );
  for (const service of services) {
    new ec2.VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: args.subnetIds,
        securityGroupIds: [group.id],
        tags: { Name: `${label}-${service}` },
      },
      { parent },
    );
  }
};
