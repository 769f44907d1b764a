import type { V1Node } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { planCatalogues, type NodePoolArgs } from "../../../components/node-pools";
import {
  nodeClassKind,
  nodePoolKind,
  nodePoolSpec,
  objectName,
} from "../../../components/node-pools/karpenter/objects";
import { nodesToAdd, poolsAtMaximum } from "../../../src/rehearsal/control-plane/autoscaler";
import { namedNodes } from "../../../src/rehearsal/control-plane/autoscaler/autoscaler";
import { karpenterPools, orphans } from "../../../src/rehearsal/control-plane/autoscaler/karpenter";
import { candidates, sizeOf, type AutoscaledPool } from "../../../src/rehearsal/control-plane/autoscaler/plan";
import { nodeObject } from "../../../src/rehearsal/control-plane/pool-nodes";

const of = { environment: "test", pool: "gpu" };
const metadata = { name: objectName(of) };
const gpu: NodePoolArgs = { plan: "g7e.4xlarge", count: 0, autoscaling: { min: 0, max: 2 }, purpose: "inference" };
const nodePool = (pool: NodePoolArgs = gpu) => ({ ...nodePoolKind, metadata, spec: nodePoolSpec(of, pool) });
const nodeClasses = [{ ...nodeClassKind, metadata, spec: {} }];
const managed = ["a", "b", "c"].map((zone) =>
  nodeObject("managed", {
    name: `node-${zone}`,
    labels: { "topology.kubernetes.io/zone": `eu-west-3${zone}`, "topology.kubernetes.io/region": "eu-west-3" },
    taints: [],
    capacity: {},
    allocatable: {},
  }),
);
const pools = (pool?: NodePoolArgs) => karpenterPools({ nodePools: [nodePool(pool)], nodeClasses }, managed);
const waiting = (purpose: string) => ({
  spec: {
    nodeSelector: { "holdfast.dev/purpose": purpose },
    tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }],
    containers: [{ name: "c", resources: { requests: { "nvidia.com/gpu": "1" } } }],
  },
  status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }] },
});
/** This many nodes more, each in the zone whose turn it is. */
const furtherNodes = (pool: AutoscaledPool, present: readonly V1Node[], count: number) =>
  namedNodes(
    pool,
    present,
    Array.from({ length: count }, (_, index) => candidates(pool, sizeOf(pool, present) + index)[0] ?? pool.node),
  );

describe("Karpenter, played", () => {
  it("adds nodes as the NodePool describes them, up to its limit", () => {
    const [pool] = pools();
    expect(pool).toMatchObject({
      poolId: "karpenter.test.gpu",
      max: 2,
      zones: ["eu-west-3a", "eu-west-3b", "eu-west-3c"],
      node: {
        labels: {
          "holdfast.dev/purpose": "inference",
          "karpenter.sh/nodepool": "test.gpu",
          "node.kubernetes.io/instance-type": "g7e.4xlarge",
          "topology.kubernetes.io/region": "eu-west-3",
        },
        taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
        ...planCatalogues.aws.nodeResources(planCatalogues.aws.plans["g7e.4xlarge"] ?? expect.fail("no such plan")),
      },
    });
    const pods = [waiting("inference"), waiting("inference"), waiting("inference")];
    expect(nodesToAdd({ nodes: managed, pods, daemonSets: [] }, pools()).get("karpenter.test.gpu")).toHaveLength(2);
    expect(nodesToAdd({ nodes: managed, pods: [waiting("other")], daemonSets: [] }, pools()).size).toBe(0);
  });

  it("puts nodes into zones in turn, of those that the pool may be in", () => {
    const zonesOf = (pool: NodePoolArgs) =>
      pools(pool)
        .flatMap((one) => furtherNodes(one, managed, 3))
        .map(({ metadata: of }) => of?.labels?.["topology.kubernetes.io/zone"]);
    expect(zonesOf(gpu)).toEqual(["eu-west-3a", "eu-west-3b", "eu-west-3c"]);
    expect(zonesOf({ ...gpu, zones: ["eu-west-3b"] })).toEqual(["eu-west-3b", "eu-west-3b", "eu-west-3b"]);
  });

  it("goes on with the next zone after the nodes that are there", () => {
    const [pool] = pools();
    if (pool === undefined) expect.fail("no pool");
    const first = furtherNodes(pool, managed, 1);
    const [second] = furtherNodes(pool, [...managed, ...first], 1);
    expect(second?.metadata).toMatchObject({
      name: "test.gpu-2",
      labels: { "topology.kubernetes.io/zone": "eu-west-3b" },
    });
  });

  it("adds nothing for a NodePool without its class", () => {
    expect(karpenterPools({ nodePools: [nodePool()], nodeClasses: [] }, managed)).toEqual([]);
  });

  it("is at its limit also where no zone is known", () => {
    const [pool] = karpenterPools({ nodePools: [nodePool()], nodeClasses }, []);
    if (pool === undefined) expect.fail("no pool");
    const nodes = furtherNodes(pool, [], 2);
    expect(poolsAtMaximum(waiting("inference"), { nodes, daemonSets: [] }, [pool])).toEqual([pool]);
  });

  it("takes the nodes of a NodePool away that is gone, and no others", () => {
    const [pool] = pools();
    if (pool === undefined) expect.fail("no pool");
    const nodes = [...managed, ...furtherNodes(pool, managed, 2)];
    expect(orphans(nodes, [pool])).toEqual([]);
    expect(orphans(nodes, []).map(({ metadata: of }) => of?.name)).toEqual(["test.gpu-1", "test.gpu-2"]);
  });

  it("names a NodePool that it can't play", () => {
    expect(() => pools({ ...gpu, plan: "x9.huge" })).toThrow(/^NodePool test.gpu: found .*instance-type x9.huge/);
    const unlimited = { ...nodePool(), spec: { ...nodePool().spec, limits: {} } };
    expect(() => karpenterPools({ nodePools: [unlimited], nodeClasses }, managed)).toThrow(
      /^NodePool test.gpu: .*nodes/s,
    );
  });
});
