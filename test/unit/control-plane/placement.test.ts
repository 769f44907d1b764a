import type { V1Pod } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { isComplete, renderPlacement } from "../../../src/rehearsal/control-plane/placement";
import { isSettled, reportFrom } from "../../../src/rehearsal/control-plane/placement/placement";
import { nodeObject, notReadyTaint } from "../../../src/rehearsal/control-plane/pool-nodes";
import { podRequest } from "../../../src/rehearsal/control-plane/placement/quantities";
import type { Snapshot } from "../../../src/rehearsal/control-plane/placement/snapshot";

const nothing: Snapshot = {
  nodes: [],
  pods: [],
  quotas: [],
  deployments: [],
  replicaSets: [],
  statefulSets: [],
  daemonSets: [],
  jobs: [],
  autoscalers: [],
  failures: [],
};

const container = (cpu: string, extra = {}) => ({ name: "c", resources: { requests: { cpu } }, ...extra });
const pod = (name: string, phase: string, extra: Partial<V1Pod> = {}): V1Pod => ({
  metadata: { name, namespace: "dev" },
  spec: { nodeName: "n1", containers: [container("500m")] },
  status: { phase },
  ...extra,
});
const pending = (message: string) =>
  pod("web-1", "Pending", {
    spec: { containers: [container("64")] },
    status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", message }] },
  });

describe("what the scheduler reckons a pod to ask for", () => {
  const cpu = (
    initContainers: ReturnType<typeof container>[],
    containers: ReturnType<typeof container>[],
    extra = {},
  ) => podRequest({ spec: { initContainers, containers, ...extra } }, "cpu");

  it("is its containers together", () => {
    expect(cpu([], [container("250m"), container("1")])).toBe(1.25);
  });

  it("is the largest init container where that asks for more", () => {
    expect(cpu([container("2"), container("3")], [container("1")])).toBe(3);
  });

  it("has sidecars in what runs, and in the steps after them", () => {
    const sidecar = container("500m", { restartPolicy: "Always" });
    expect(cpu([sidecar], [container("1")])).toBe(1.5);
    expect(cpu([sidecar, container("2")], [container("1")])).toBe(2.5);
    expect(cpu([container("2"), sidecar], [container("1")])).toBe(2);
  });

  it("has the runtime's overhead on top", () => {
    expect(cpu([], [container("1")], { overhead: { cpu: "250m" } })).toBe(1.25);
  });
});

describe("the report", () => {
  it("adds up what pods hold on a node; those that have ended hold nothing", () => {
    const node = {
      metadata: {
        name: "n1",
        labels: {
          "holdfast.dev/pool": "gpu",
          "holdfast.dev/environment": "dev",
          "topology.kubernetes.io/zone": "a",
        },
      },
      status: { allocatable: { cpu: "7900m", memory: "30Gi", "nvidia.com/gpu": "1", pods: "110" } },
    };
    const pods = [pod("a", "Running"), pod("b", "Running"), pod("job", "Succeeded")];
    expect(reportFrom({ ...nothing, nodes: [node], pods })).toMatchObject({
      placed: 3,
      nodes: [
        {
          environment: "dev",
          pool: "gpu",
          zone: "a",
          cpu: { requested: 1, allocatable: 7.9 },
          memory: { requested: 0, allocatable: 30 * 2 ** 30 },
          gpus: { requested: 0, allocatable: 1 },
          pods: { requested: 2, allocatable: 110 },
        },
      ],
    });
  });

  it("gives each quota's share", () => {
    const status = {
      hard: { "requests.cpu": "50", "requests.nvidia.com/gpu": "0" },
      used: { "requests.cpu": "12500m" },
    };
    const { quotas } = reportFrom({ ...nothing, quotas: [{ metadata: { name: "q", namespace: "dev" }, status }] });
    expect(quotas.map(({ resource, used, share }) => ({ resource, used, share }))).toEqual([
      { resource: "requests.cpu", used: "12500m", share: 0.25 },
      { resource: "requests.nvidia.com/gpu", used: "0", share: 0 },
    ]);
  });

  it("has the scheduler's own words for a pod that it could not place", () => {
    const report = reportFrom({ ...nothing, pods: [pending("0/3 nodes are available: 3 Insufficient cpu.")] });
    expect(report.unplaced).toEqual([
      { namespace: "dev", name: "web-1", phase: "Pending", reason: "0/3 nodes are available: 3 Insufficient cpu." },
    ]);
    expect(isComplete(report)).toBe(false);
    expect(renderPlacement(report)).toContain("3 Insufficient cpu.");
  });

  it("has the container's own words for a pod that does not start", () => {
    const waiting = { reason: "ImagePullBackOff", message: "no such image" };
    const status = {
      phase: "Pending",
      containerStatuses: [{ name: "c", state: { waiting }, image: "i", imageID: "", ready: false, restartCount: 0 }],
    };
    expect(reportFrom({ ...nothing, pods: [pod("web-1", "Pending", { status })] }).unplaced[0]?.reason).toBe(
      "c: ImagePullBackOff, no such image",
    );
  });

  const refused = (kind: string, name: string, uid: string, message: string, lastTimestamp: Date) => ({
    metadata: {},
    involvedObject: { kind, name, uid },
    lastTimestamp,
    message,
  });

  it("says of a pool at its maximum how many nodes it has in all, whoever keeps them", () => {
    const allocatable = { cpu: "4", pods: "10" };
    const labels = { "holdfast.dev/environment": "dev", "holdfast.dev/pool": "baseline" };
    const node = { name: "baseline", labels, taints: [], capacity: allocatable, allocatable };
    const managed = nodeObject("managed", node);
    const elsewhere = { ...node, labels: { ...labels, "holdfast.dev/environment": "staging" } };
    const nodes = [managed, nodeObject("other", elsewhere), nodeObject("karpenter.dev.baseline", node)];
    const waiting = pending("no node");
    waiting.spec = { containers: [container("1")] };
    const pools = [{ poolId: "karpenter.dev.baseline", max: 1, node }];
    expect(reportFrom({ ...nothing, nodes, pods: [waiting] }, pools).unplaced[0]?.reason).toBe(
      "no node pool baseline is at its maximum of 2 nodes",
    );
  });

  it("names the Deployment whose pods admission refused, with admission's reason", () => {
    const owner = { kind: "Deployment", name: "web", controller: true, apiVersion: "apps/v1", uid: "u" };
    const selector = {};
    const replicaSet = {
      metadata: { name: "web-7c9", namespace: "dev", ownerReferences: [owner] },
      spec: { replicas: 3, selector },
      status: {
        replicas: 1,
        conditions: [{ type: "ReplicaFailure", status: "True", message: "forbidden: exceeded quota" }],
      },
    };
    const report = reportFrom({ ...nothing, replicaSets: [replicaSet] });
    expect(report.missing).toEqual([
      { namespace: "dev", workload: "Deployment/web", count: 2, reason: "forbidden: exceeded quota" },
    ]);
    expect(isComplete(report)).toBe(false);
    expect(renderPlacement(report)).toContain("0 pods run, 2 do not.");
  });

  it("takes the newest event where a workload's own status says nothing, and none of a namesake's", () => {
    const set = {
      metadata: { name: "db", namespace: "dev", uid: "mine" },
      spec: { replicas: 1, selector: {}, template: {}, serviceName: "db" },
      status: { replicas: 0 },
    };
    const failures = [
      refused("StatefulSet", "db", "mine", "newer", new Date(2000)),
      refused("StatefulSet", "db", "mine", "older", new Date(1000)),
      refused("StatefulSet", "db", "another", "not this one", new Date(3000)),
    ];
    expect(reportFrom({ ...nothing, statefulSets: [set], failures }).missing[0]?.reason).toBe("newer");
  });

  it("says that all is well where it is", () => {
    const report = reportFrom({ ...nothing, pods: [pod("a", "Running")] });
    expect(isComplete(report)).toBe(true);
    expect(renderPlacement(report)).toContain("Every pod runs: 1.");
  });
});

describe("nothing is settled", () => {
  it("while a pod has neither started nor been judged", () => {
    expect(isSettled({ ...nothing, pods: [pod("a", "Pending")] })).toBe(false);
    expect(isSettled({ ...nothing, pods: [pending("Insufficient cpu")] })).toBe(true);
  });

  it("while a node is not ready, for a verdict of before says nothing about it", () => {
    const conditions = [{ type: "Ready", status: "True" }];
    const comingUp = { metadata: { name: "n1" }, spec: { taints: [{ key: notReadyTaint, effect: "NoSchedule" }] } };
    const pods = [pending("Insufficient cpu")];
    expect(isSettled({ ...nothing, pods, nodes: [comingUp] })).toBe(false);
    expect(isSettled({ ...nothing, pods, nodes: [{ ...comingUp, status: { conditions } }] })).toBe(false);
    expect(isSettled({ ...nothing, pods, nodes: [{ metadata: { name: "n1" }, status: { conditions } }] })).toBe(true);
  });

  it("while a controller has yet to make a pod", () => {
    const set = { metadata: { name: "s" }, spec: { replicas: 1, selector: {}, template: {} }, status: { replicas: 0 } };
    expect(isSettled({ ...nothing, statefulSets: [set] })).toBe(false);
    expect(isComplete(reportFrom({ ...nothing, statefulSets: [set] }))).toBe(false);
  });

  it("but when a StatefulSet's next pod waits for one that has no node", () => {
    const metadata = { name: "db", uid: "db-uid" };
    const set = { metadata, spec: { replicas: 3, selector: {}, template: {} }, status: { replicas: 1 } };
    const ownerReferences = [{ kind: "StatefulSet", name: "db", uid: "db-uid", apiVersion: "apps/v1" }];
    const first = { ...pending("Insufficient cpu"), metadata: { name: "db-0", ownerReferences } };
    expect(isSettled({ ...nothing, statefulSets: [set], pods: [first] })).toBe(true);
    expect(reportFrom({ ...nothing, statefulSets: [set], pods: [first] }).missing).toMatchObject([
      { workload: "StatefulSet/db", count: 2, reason: "made once db-0 runs, which has no node" },
    ]);
  });

  it("while a controller has not seen what it is to make now", () => {
    const replicaSet = (observedGeneration: number) => ({
      metadata: { name: "web-7c9", generation: 2 },
      spec: { replicas: 1, selector: {} },
      status: { replicas: 1, observedGeneration },
    });
    expect(isSettled({ ...nothing, replicaSets: [replicaSet(1)] })).toBe(false);
    expect(isSettled({ ...nothing, replicaSets: [replicaSet(2)] })).toBe(true);
  });

  it("while a Deployment has not been looked at", () => {
    const deployment = {
      metadata: { name: "web", generation: 2 },
      spec: { selector: {}, template: {} },
      status: { observedGeneration: 1 },
    };
    expect(isSettled({ ...nothing, deployments: [deployment] })).toBe(false);
    expect(isComplete(reportFrom({ ...nothing, deployments: [deployment] }))).toBe(false);
  });

  it("while an autoscaler has yet to raise its workload to the minimum", () => {
    const autoscaler = (desiredReplicas: number) => ({
      metadata: { name: "web", namespace: "dev" },
      spec: { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { kind: "Deployment", name: "web" } },
      status: { desiredReplicas },
    });
    expect(isSettled({ ...nothing, autoscalers: [autoscaler(1)] })).toBe(false);
    expect(isSettled({ ...nothing, autoscalers: [autoscaler(2)] })).toBe(true);
    expect(isComplete(reportFrom({ ...nothing, autoscalers: [autoscaler(1)] }))).toBe(false);

    const switchedOff = (namespace: string) => ({
      metadata: { name: "web", namespace },
      spec: { replicas: 0, selector: {}, template: {} },
    });
    const settledBeside = (namespace: string) =>
      isSettled({ ...nothing, autoscalers: [autoscaler(0)], deployments: [switchedOff(namespace)] });
    expect(settledBeside("dev")).toBe(true);
    expect(settledBeside("another")).toBe(false);
  });

  it("while a pod is being deleted", () => {
    const leaving = pod("a", "Running", { metadata: { name: "a", deletionTimestamp: new Date() } });
    expect(isSettled({ ...nothing, pods: [leaving] })).toBe(false);
  });
});
