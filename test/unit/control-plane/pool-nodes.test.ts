import { expect, it } from "vitest";
import { isReady, nodeObject, poolChanges, withSpec } from "../../../src/rehearsal/control-plane/pool-nodes";

const node = (name: string, labels = {}) =>
  nodeObject("pool-1", {
    name,
    labels,
    taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    capacity: { cpu: "8" },
    allocatable: { cpu: "7900m" },
  });
const notReady = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };

it("creates what is missing, keeps what is there, and removes what is wanted no more", () => {
  const changes = poolChanges([node("a"), node("b")], [node("b"), node("c")]);
  expect(changes.create.map(({ metadata }) => metadata?.name)).toEqual(["c"]);
  expect(changes.keep.map(({ wanted }) => wanted.metadata?.name)).toEqual(["b"]);
  expect(changes.remove).toEqual(["a"]);
});

it("takes away labels and taints that the pool no longer has, but none that Kubernetes keeps", () => {
  const present = node("a", { old: "label" });
  present.spec = { taints: [{ key: "old", effect: "NoSchedule" }, notReady] };
  const changed = withSpec(present, node("a", { "holdfast.dev/pool": "gpu" }));
  expect(changed.metadata?.labels).toMatchObject({ "holdfast.dev/pool": "gpu", "kubernetes.io/hostname": "a" });
  expect(changed.metadata?.labels).not.toHaveProperty("old");
  expect(changed.spec?.taints?.map(({ key }) => key)).toEqual(["nvidia.com/gpu", "node.kubernetes.io/not-ready"]);
});

it("is ready once Kubernetes lets pods on it", () => {
  const status = { conditions: [{ type: "Ready", status: "True" }] };
  expect(isReady({ ...node("a"), status })).toBe(true);
  expect(isReady({ ...node("a"), status, spec: { taints: [notReady] } })).toBe(false);
  expect(isReady(node("a"))).toBe(false);
});
