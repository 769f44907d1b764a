/** Addresses in every subnet that AWS keeps to itself. */
const awsReserved = 5;

/** Nodes and pods share three private subnets of this length, one a zone: see planSubnets. */
const privateSubnets = { count: 3, length: 19 } as const;

/** Addresses that an AWS network of ours has for nodes and pods together. */
export const awsPrivateAddresses = privateSubnets.count * (2 ** (32 - privateSubnets.length) - awsReserved);

/**
 * Addresses that a pool on EKS takes at its largest: with the VPC CNI every pod has one of the subnet, and every node its
 * own beside them.
 */
export const eksPoolAddresses = (nodes: number, podsPerNode: number): number => nodes * (podsPerNode + 1);
