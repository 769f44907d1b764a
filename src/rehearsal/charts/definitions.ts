import type { HostedDefinition } from "../cluster-host";

const karpenter = { group: "karpenter.sh", version: "v1", scope: "Cluster" } as const;

/** By the chart that brings them. A chart whose custom resources the platform makes has an entry here. */
const definitions: Readonly<Record<string, readonly HostedDefinition[]>> = {
  "karpenter-crd": [
    { ...karpenter, kind: "NodePool", plural: "nodepools" },
    { ...karpenter, kind: "NodeClaim", plural: "nodeclaims" },
    { ...karpenter, group: "karpenter.k8s.aws", kind: "EC2NodeClass", plural: "ec2nodeclasses" },
  ],
  snapscheduler: [
    {
      group: "snapscheduler.backube",
      version: "v1",
      kind: "SnapshotSchedule",
      plural: "snapshotschedules",
      scope: "Namespaced",
    },
  ],
};

/**
 * What stands in for a chart that can't be had: definitions of its custom resources, which take any content, so that what
 * the platform makes of them is rehearsed all the same.
 */
export const definitionsOf = (chart: string): readonly object[] =>
  (definitions[chart] ?? []).map(({ group, version, kind, plural, scope }) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          subresources: { status: {} },
        },
      ],
    },
  }));
