import type { Plan } from "./plan";

/** Network interfaces that an instance can have, and the addresses that each of them can have. */
type Interfaces = readonly [interfaces: number, addresses: number];

/** What the general families have alike. */
const general: Readonly<Record<string, Interfaces>> = {
  large: [3, 10],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
  "4xlarge": [8, 30],
  "8xlarge": [8, 30],
  "12xlarge": [8, 30],
  "16xlarge": [15, 50],
};

/**
 * By family and size, as the list that EKS's own image carries has them, of 2026-07-23. `aws ec2 describe-instance-types`
 * is the authority.
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/instance-info.jsonl
 */
const interfaces: Readonly<Record<string, Readonly<Record<string, Interfaces>>>> = {
  m7i: general,
  m7a: general,
  c7i: general,
  r7i: general,
  m8i: {
    large: [3, 20],
    xlarge: [4, 30],
    "2xlarge": [4, 30],
    "4xlarge": [8, 50],
    "8xlarge": [10, 50],
    "12xlarge": [12, 50],
    "16xlarge": [16, 64],
  },
  g6e: { ...general, "12xlarge": [10, 30], "24xlarge": [10, 50], "48xlarge": [10, 50] },
  g7e: {
    "2xlarge": [4, 64],
    "4xlarge": [8, 64],
    "8xlarge": [8, 64],
    "12xlarge": [10, 64],
    "24xlarge": [10, 64],
    "48xlarge": [10, 64],
  },
  p5: { "4xlarge": [4, 30], "48xlarge": [2, 50] },
};

/** @throws Error for a plan that the table lacks: a plan is added to both lists */
function interfacesOf({ name }: Plan): Interfaces {
  const [family = "", size = ""] = name.split(".");
  const found = interfaces[family]?.[size];
  if (found === undefined) throw new Error(`${name}: not in components/node-pools/eks-addresses.ts`);
  return found;
}

/**
 * Pods that a node of EKS takes: what its addresses allow, of which each interface keeps one, with two pods in the host's
 * network; and what EKS caps that at for managed node groups.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#max-pods-precedence
 */
export function eksMaxPods(plan: Plan): number {
  const [count, addresses] = interfacesOf(plan);
  return Math.min(count * (addresses - 1) + 2, plan.vcpus < 30 ? 110 : 250);
}

/**
 * Addresses of its subnet that a node of EKS holds with all the pods that it takes. The VPC CNI takes them by whole
 * interfaces, and one more than there are pods for, so that the next pod has not to wait (WARM_ENI_TARGET, 1 by default).
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/vpc-cni.html
 */
export function eksNodeAddresses(plan: Plan): number {
  const [count, addresses] = interfacesOf(plan);
  const inUse = Math.ceil(eksMaxPods(plan) / (addresses - 1));
  return Math.min(count, inUse + 1) * addresses;
}
