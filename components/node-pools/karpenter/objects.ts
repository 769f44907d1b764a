import { awsCatalogue } from "../aws-plans";
import { eksMaxPods } from "../eks-addresses";
import { defaultDiskGiB } from "../eks-nodes";
import { nodeLabels, nodeTaints, type NodePoolArgs } from "../node-pool";
import { karpenterNodes } from "./growth";

/** Objects as Karpenter 1.15 defines them: https://karpenter.sh/docs/concepts/ */
export const nodePoolKind = { apiVersion: "karpenter.sh/v1", kind: "NodePool" } as const;
export const nodeClassKind = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass" } as const;

/** Whose pool it is. */
export interface PoolOf {
  readonly environment: string;
  /** The pool's name, unique in the environment. */
  readonly pool: string;
}

/** Both objects of a pool. The dot stands in no environment's name, so that two members' pools never meet. */
export const objectName = ({ environment, pool }: PoolOf): string => `${environment}.${pool}`;

/** What Karpenter may add to a pool, and when it takes nodes away again. */
export const nodePoolSpec = (of: PoolOf, spec: NodePoolArgs) => ({
  template: {
    metadata: { labels: nodeLabels(of.environment, of.pool, spec) },
    spec: {
      nodeClassRef: { group: "karpenter.k8s.aws", kind: nodeClassKind.kind, name: objectName(of) },
      taints: nodeTaints(spec).map(({ key, value, effect }) => ({ key, ...(value !== "" && { value }), effect })),
      requirements: [
        one("node.kubernetes.io/instance-type", spec.plan),
        one("karpenter.sh/capacity-type", spec.spot === true ? "spot" : "on-demand"),
        one("kubernetes.io/arch", "amd64"),
        one("kubernetes.io/os", "linux"),
        ...(spec.zones ? [{ key: "topology.kubernetes.io/zone", operator: "In", values: [...spec.zones] }] : []),
      ],
      // An expired node goes whatever the budgets say. Drift from the newest image replaces nodes too, and keeps to them.
      expireAfter: "Never",
    },
  },
  // Counted in nodes, so that it is the pool's own maximum, whatever a node of the plan has.
  limits: { nodes: String(karpenterNodes(spec)) },
  disruption: {
    // A model takes minutes to load: a GPU node that has work keeps it.
    consolidationPolicy: spec.purpose === "inference" ? "WhenEmpty" : "WhenEmptyOrUnderutilized",
    consolidateAfter: "5m",
    budgets: [{ nodes: "1" }],
  },
});

const one = (key: string, value: string) => ({ key, operator: "In", values: [value] });

/** Where a cluster's nodes are, and what they may do. */
export interface NodePlace {
  /** The instance profile that nodes have. */
  readonly nodeProfile: string;
  /** Private subnets of the cluster's network, one a zone. */
  readonly subnetIds: readonly string[];
  /** The cluster's own group, by which nodes and the control plane reach each other. */
  readonly securityGroupId: string;
}

/**
 * What the nodes that Karpenter adds are, the same as those of the pool's managed group: image, encrypted disks, and a
 * metadata service that answers with a session token only, and not beyond the node itself.
 *
 * The image is the newest of its kind. Karpenter replaces nodes of an older one, one at a time.
 */
export const nodeClassSpec = (of: PoolOf, spec: NodePoolArgs, place: NodePlace) => ({
  amiSelectorTerms: [{ alias: isGpu(spec) ? "bottlerocket@latest" : "al2023@latest" }],
  instanceProfile: place.nodeProfile,
  subnetSelectorTerms: place.subnetIds.map((id) => ({ id })),
  securityGroupSelectorTerms: [{ id: place.securityGroupId }],
  metadataOptions: {
    httpEndpoint: "enabled",
    httpProtocolIPv6: "disabled",
    httpPutResponseHopLimit: 1,
    httpTokens: "required",
  },
  blockDeviceMappings: disks(spec),
  ...maxPods(spec),
  tags: {
    Name: `${of.environment}-${of.pool}`,
    "holdfast:environment": of.environment,
    "holdfast:managed-by": "karpenter",
    "holdfast:pool": of.pool,
  },
});

const isGpu = ({ purpose }: NodePoolArgs): boolean => purpose === "inference";

/** As many as on a node of a managed group, which the plans' catalogue and the check of the subnets count on. */
const maxPods = ({ plan }: NodePoolArgs) => {
  const known = awsCatalogue.plans[plan];
  return known && { kubelet: { maxPods: eksMaxPods(known) } };
};

/**
 * Bottlerocket has a small disk of its own, whose size is the image's, and a second for images and data.
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings
 */
const disks = (spec: NodePoolArgs) => {
  const volumeSize = `${spec.diskGiB ?? defaultDiskGiB}Gi`;
  return isGpu(spec)
    ? [disk("/dev/xvda", "4Gi"), disk("/dev/xvdb", volumeSize)]
    : [{ ...disk("/dev/xvda", volumeSize), rootVolume: true }];
};

const disk = (deviceName: string, volumeSize: string) => ({
  deviceName,
  ebs: { volumeSize, volumeType: "gp3", encrypted: true, deleteOnTermination: true },
});
