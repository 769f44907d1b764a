import { eksMaxPods } from "./eks-addresses";
import type { Plan, PlanCatalogue } from "./plan";
import { byName, graded, kiInMi, reservedCpu, resourcesOf } from "./quantities";

/**
 * Nodes' disks on EKS where a pool doesn't say otherwise, in GiB: instances bring none that outlives them.
 */
const diskGiB = 100;

/**
 * EC2's instance types that pools may have as nodes, all x86-64, as our images are. What `aws ec2 describe-instance-types`
 * answers is the authority; looked up 2026-11-21, with no live API at hand. Every name is one of the SDK's `InstanceType`.
 * - vCPUs and memory of the general (m), compute (c) and memory (r) families: 4, 2 and 8 GiB a vCPU, and 4 vCPUs an
 *   `xlarge`, as AWS documents them: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html
 * - g6e and p5: the same page. g7e (RTX PRO 6000 Blackwell Server Edition, 96 GB a GPU): all six sizes as AWS's own
 *   https://github.com/aws/sagemaker-hyperpod-cli/pull/390 and https://github.com/kubernetes/autoscaler/issues/9854 have them.
 * - p5.4xlarge: 16 vCPUs, 256 GiB and one GPU, as AWS announced it.
 */
const plans: Readonly<Record<string, Plan>> = byName([
  ...family("m7i", 4),
  ...family("m7a", 4),
  ...family("m8i", 4),
  ...family("c7i", 2),
  ...family("r7i", 8),

  ...gpuFamily("g6e", "NVIDIA L40S", [
    ["xlarge", 4, 32, 1],
    ["2xlarge", 8, 64, 1],
    ["4xlarge", 16, 128, 1],
    ["8xlarge", 32, 256, 1],
    ["16xlarge", 64, 512, 1],
    ["12xlarge", 48, 384, 4],
    ["24xlarge", 96, 768, 4],
    ["48xlarge", 192, 1536, 8],
  ]),
  ...gpuFamily("g7e", "NVIDIA RTX PRO 6000 Blackwell Server Edition", [
    ["2xlarge", 8, 64, 1],
    ["4xlarge", 16, 128, 1],
    ["8xlarge", 32, 256, 1],
    ["12xlarge", 48, 512, 2],
    ["24xlarge", 96, 1024, 4],
    ["48xlarge", 192, 2048, 8],
  ]),
  ...gpuFamily("p5", "NVIDIA H100", [
    ["4xlarge", 16, 256, 1],
    ["48xlarge", 192, 2048, 8],
  ]),
]);

/**
 * Why an instance type that AWS has can't be a node here, and what to take instead; undefined for any other name.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html for the processors
 */
function unsupported(name: string): string | undefined {
  const family = /^([a-z]+\d+[a-z]*(?:-flex)?)\.[-a-z0-9]+$/.exec(name)?.[1];
  if (family === undefined) return undefined;
  if (/^t\d/.test(family)) {
    return "Burstable instances are throttled once their CPU credits are spent, which no service here allows for. Take m7i.large.";
  }
  if (/^(a1|[a-z]+\d+g[a-z]*)$/.test(family)) {
    return "Graviton runs ARM images, and ours are built for x86-64. Take the same size of m7i, c7i or r7i.";
  }
  if (/^(p2|p3|p3dn|g3|g3s|g4dn)$/.test(family)) {
    return "Its GPUs are older than the ones that the inference images are built for. Take g7e or g6e, as g7e.4xlarge.";
  }
  if (/^(g4ad|inf\d|trn\d|vt1|dl\d)/.test(family)) {
    return "Its accelerators are not NVIDIA's, which the inference images need. Take g7e or g6e, as g7e.4xlarge.";
  }
  return undefined;
}

/**
 * What a node reports on EKS with Amazon Linux 2023, whose nodeadm reserves 255Mi and 11Mi for each pod of memory, the
 * graded share of the CPU, and keeps kubelet's eviction threshold of 100Mi. Capacity has 96 % of the instance's memory:
 * the hypervisor, the kernel and the firmware keep the rest. What pods take of addresses limits their number.
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
const nodeResources: PlanCatalogue["nodeResources"] = (plan) => {
  const maxPods = eksMaxPods(plan);
  return resourcesOf(plan, {
    visibleMemory: 0.96,
    cpuMillis: graded(plan.vcpus, reservedCpu) * 1000,
    memoryKi: () => (255 + 11 * maxPods + 100) * kiInMi,
    diskGiB: plan.diskGiB,
    maxPods,
  });
};

export const awsCatalogue: PlanCatalogue = {
  product: "EKS",
  plans,
  gpuExample: "g7e.4xlarge",
  generalExample: "m7i.2xlarge",
  hasDiskAndSpot: true,
  // https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html: 450 a managed node group.
  maxNodes: 450,
  minNodes: 0,
  unsupported,
  nodeResources,
};

/** The sizes that every general family has: 4 vCPUs an xlarge, half of it for large. */
function family(name: string, gibPerVcpu: number): Plan[] {
  const sizes = [1 / 2, 1, 2, 4, 8, 12, 16];
  return sizes.map((xlarges) => {
    const size = xlarges < 1 ? "large" : xlarges === 1 ? "xlarge" : `${xlarges}xlarge`;
    const vcpus = 4 * xlarges;
    return { name: `${name}.${size}`, vcpus, memoryGiB: gibPerVcpu * vcpus, diskGiB, gpus: 0 };
  });
}

type GpuSize = readonly [size: string, vcpus: number, memoryGiB: number, gpus: number];

function gpuFamily(name: string, gpuModel: string, sizes: readonly GpuSize[]): Plan[] {
  return sizes.map(([size, vcpus, memoryGiB, gpus]) => {
    return { name: `${name}.${size}`, vcpus, memoryGiB, diskGiB, gpus, gpuModel };
  });
}
