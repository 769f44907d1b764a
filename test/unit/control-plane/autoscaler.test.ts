import type { V1Pod, V1PodSpec } from "@kubernetes/client-node";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HostedNode } from "../../../src/rehearsal/cluster-host";
import { nodesToAdd, poolsAtMaximum, type ClusterState } from "../../../src/rehearsal/control-plane/autoscaler";
import { mayRunOn } from "../../../src/rehearsal/control-plane/autoscaler/fit";
import { nodeObject } from "../../../src/rehearsal/control-plane/pool-nodes";

const hosted = (extra: Partial<HostedNode> = {}): HostedNode => {
  const allocatable = { cpu: "4", memory: "16Gi", pods: "10" };
  return { name: "n", labels: { pool: "baseline" }, taints: [], capacity: allocatable, allocatable, ...extra };
};
const gpu = hosted({
  labels: { pool: "gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
});
const pod = (cpu: string, spec: Partial<V1PodSpec> = {}): V1Pod => ({
  spec: { containers: [{ name: "c", resources: { requests: { cpu } } }], ...spec },
  status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }] },
});
const state = (pods: readonly V1Pod[], nodes = [nodeObject("p", hosted())]): ClusterState => ({
  nodes,
  pods,
  daemonSets: [],
});
const pool = (max: number, node = hosted()) => ({ poolId: "p", max, node });
const added = (of: ClusterState, max: number, node = hosted()) =>
  nodesToAdd(of, [pool(max, node)]).get("p")?.length ?? 0;

describe("the nodes that an autoscaler adds", () => {
  it("are none while a node that is there has room", () => {
    expect(added(state([pod("4")]), 5)).toBe(0);
  });

  it("are as many as the pods fill that found no room, several pods on one", () => {
    expect(added(state([pod("4"), pod("2"), pod("2"), pod("3")]), 5)).toBe(2);
  });

  it("leave out what a DaemonSet will take on each", () => {
    const template = { spec: { containers: [{ name: "d", resources: { requests: { cpu: "100m" } } }] } };
    const daemon = { metadata: { name: "d" }, spec: { selector: {}, template } };
    expect(nodesToAdd({ ...state([pod("4")], []), daemonSets: [daemon] }, [pool(5)]).size).toBe(0);
    expect(nodesToAdd({ ...state([pod("3900m")], []), daemonSets: [daemon] }, [pool(5)]).get("p")).toHaveLength(1);
  });

  it("are none for a pod that no node of the pool could take", () => {
    for (const asked of [pod("5"), pod("1", { nodeSelector: { pool: "gpu" } })]) {
      expect(added(state([asked], []), 5)).toBe(0);
      expect(poolsAtMaximum(asked, state([], []), [pool(0)])).toEqual([]);
    }
    const wantsDevice = pod("1");
    wantsDevice.spec?.containers.push({ name: "g", resources: { requests: { "nvidia.com/gpu": "1" } } });
    expect(added(state([wantsDevice], []), 5)).toBe(0);
    expect(added(state([pod("1")], []), 5, gpu)).toBe(0);
  });

  it("are none more for pods that have room on a node that is not ready yet", () => {
    const comingUp = nodeObject("p", hosted());
    const taints = [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }];
    expect(added(state([pod("4")], [{ ...comingUp, spec: { taints } }]), 5)).toBe(0);
    expect(added(state([pod("4"), pod("1")], [{ ...comingUp, spec: { taints } }]), 5)).toBe(1);
  });

  it("are in a zone that the pod may run in, and else in the zone whose turn it is", () => {
    const zoned = { ...pool(3), zones: ["a", "b", "c"] };
    const inC = pod("4", { nodeSelector: { "topology.kubernetes.io/zone": "c" } });
    const zones = (...pods: V1Pod[]) =>
      nodesToAdd(state(pods, []), [zoned])
        .get("p")
        ?.map(({ labels }) => labels["topology.kubernetes.io/zone"]);
    expect(zones(inC, pod("4"))).toEqual(["c", "b"]);
    expect(zones(pod("4", { nodeSelector: { "topology.kubernetes.io/zone": "d" } }))).toBeUndefined();
    expect(poolsAtMaximum(inC, state([], []), [{ ...zoned, max: 0 }])).toHaveLength(1);
  });

  it("never outgrow the pool's maximum, and never leave out a pod that a further node could take", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.nat(12), fc.nat(3), (cores, max, present) => {
        const nodes = Array.from({ length: present }, (_, index) => nodeObject("p", hosted({ name: `n${index}` })));
        const count = added(
          state(
            cores.map((milli) => pod(`${milli}m`)),
            nodes,
          ),
          max,
        );
        const total = cores.reduce((sum, milli) => sum + milli, 0);
        expect(count).toBeLessThanOrEqual(Math.max(max - present, 0));
        expect(count).toBeLessThanOrEqual(cores.length);
        if (present + count < max) expect((present + count) * 4000).toBeGreaterThanOrEqual(total);
      }),
    );
  });
});

describe("whether a pod may run on a node", () => {
  const on = (spec: Partial<V1PodSpec>, node = hosted()) => mayRunOn(pod("1", spec), nodeObject("p", node));
  const toleration = { key: "nvidia.com/gpu", operator: "Equal", value: "present", effect: "NoSchedule" };

  it("is decided by its tolerations", () => {
    expect(on({}, gpu)).toBe(false);
    for (const matching of [toleration, { operator: "Exists" }, { key: "nvidia.com/gpu", operator: "Exists" }])
      expect(on({ tolerations: [matching] }, gpu)).toBe(true);
    for (const other of [{ ...toleration, value: "absent" }, { ...toleration, effect: "NoExecute" }, { key: "x" }])
      expect(on({ tolerations: [other] }, gpu)).toBe(false);
    const preferring = { ...gpu, taints: [{ key: "a", value: "b", effect: "PreferNoSchedule" }] };
    expect(on({}, preferring)).toBe(true);
  });

  it("is decided by what it selects", () => {
    const affinity = (...matchExpressions: { key: string; operator: string; values?: string[] }[]) => ({
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
      },
    });
    expect(on({ nodeSelector: { pool: "baseline" } })).toBe(true);
    expect(on(affinity({ key: "pool", operator: "In", values: ["gpu", "baseline"] }))).toBe(true);
    expect(on(affinity({ key: "pool", operator: "NotIn", values: ["baseline"] }))).toBe(false);
    expect(on(affinity({ key: "pool", operator: "Exists" }, { key: "x", operator: "Exists" }))).toBe(false);
    expect(on(affinity({ key: "x", operator: "DoesNotExist" }))).toBe(true);
    expect(on(affinity())).toBe(false);
  });
});
