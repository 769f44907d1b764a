import { loadYaml, type V1Node } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import type { ExistingStackConfig } from "../../../src/config/stack-config";
import type { ClusterFacts } from "../../../src/preflight/facts";
import { judge } from "../../../src/preflight/judge";
import { nodeFacts } from "../../../src/preflight/read-facts";
import { shippedOnExisting } from "../components/samples";

const production = shippedOnExisting("production");
const labels = { general: { "example.com/pool": "apps" }, inference: { "example.com/pool": "gpu" } };
const config: ExistingStackConfig = { ...production, cluster: { ...production.cluster, nodes: labels } };

interface NodeChanges {
  readonly ready?: boolean;
  readonly cordoned?: boolean;
  readonly gpus?: number;
  /** What K3s writes of its arguments. */
  readonly k3s?: string;
}

/** A node as the API server lists it. */
const node = (
  pool: keyof typeof labels,
  { ready = true, cordoned = false, gpus = 0, k3s }: NodeChanges = {},
): V1Node => {
  const listed = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { labels: labels[pool], ...(k3s !== undefined && { annotations: { "k3s.io/node-args": k3s } }) },
    spec: { unschedulable: cordoned },
    status: {
      allocatable: { cpu: "8", ...(gpus > 0 && { "nvidia.com/gpu": `${gpus}` }) },
      conditions: [{ type: "Ready", status: ready ? "True" : "Unknown" }],
    },
  };
  return loadYaml<V1Node>(JSON.stringify(listed));
};

const calico = { name: "calico-node", containers: [{ image: "calico/node:v3.31.0", args: [] }] };

interface Found {
  readonly version?: string;
  readonly daemonSets?: ClusterFacts["daemonSets"];
  readonly nodes: readonly V1Node[];
}

/** What is said of one thing in a cluster that was looked at. */
const verdictOn = (
  what: string,
  { version = "v1.35.2", daemonSets = [calico], nodes }: Found,
  of = config,
): string[] => {
  const facts: ClusterFacts = {
    clusterId: "7",
    version,
    storageClasses: [],
    daemonSets,
    nodes: nodes.map(nodeFacts),
    definitions: [],
    refused: [],
  };
  return judge(of, facts)
    .filter((finding) => finding.what === what)
    .map(({ verdict, found }) => `${verdict}: ${found}`);
};

const gpuNode = node("inference", { gpus: 1 });

describe("GPUs that aren't there just now", () => {
  it.each<[string, readonly V1Node[], string]>([
    ["are enough", [gpuNode, gpuNode], "fine: 2, 2 needed"],
    ["are few on general nodes", [gpuNode, node("general", { gpus: 1 })], "doubtful: 1, 2 needed"],
    ["come with the owner's autoscaler", [], "doubtful: 0, 2 needed"],
    ["are on a cordoned node", [gpuNode, node("inference", { gpus: 1, cordoned: true })], "doubtful: 1, 2 needed"],
    [
      "are on a node that isn't ready",
      [gpuNode, node("inference", { gpus: 1, ready: false })],
      "doubtful: 1, 2 needed",
    ],
    ["wait for the device plugin", [node("inference"), node("inference")], "doubtful: 0, 2 needed"],
  ])("stop nothing: they %s", (_, gpuNodes, verdict) => {
    expect(verdictOn("GPUs", { nodes: [node("general"), ...gpuNodes] })).toEqual([verdict]);
  });
});

describe("nodes for general work", () => {
  const closed = [node("general", { ready: false }), node("general", { cordoned: true })];
  it.each<[string, readonly V1Node[], string]>([
    ["fine where one takes pods", [...closed, node("general")], "fine: 1 of 3"],
    ["doubtful where those that are there take none just now", closed, "doubtful: 2, and none takes pods"],
    ["missing where no node has their labels", [gpuNode], "missing: none"],
  ])("are %s", (_, nodes, verdict) => {
    expect(verdictOn("nodes for general work", { nodes })).toEqual([verdict]);
  });
});

describe("network policies", () => {
  const k3s = { version: "v1.35.2+k3s1", daemonSets: [] };
  const server = (...args: readonly string[]) => node("general", { k3s: JSON.stringify(["server", ...args]) });
  const agent = node("general", { k3s: '["agent"]' });
  const [enforced, unknown, none] = [
    "fine: enforced by K3s",
    "doubtful: enforced by K3s, unless it is switched off",
    "missing: nothing known that enforces them",
  ];

  it.each<[string, readonly V1Node[], string]>([
    ["its usual arguments", [server("--disable", "traefik"), agent], enforced],
    ["them left on by name", [server("--disable-network-policy", "false"), agent], enforced],
    ["them switched off", [server("--disable-network-policy", "true"), agent], none],
    ["them switched off in one word", [server("--disable-network-policy=true"), agent], none],
    ["them switched off by the flag alone, last", [agent, server("--disable-network-policy")], none],
    ["them switched off by the flag alone, amid others", [server("--disable-network-policy", "--tls-san", "a")], none],
    ["them switched off on one server of two", [server(), server("--disable-network-policy", "true")], none],
    ["servers that are no nodes", [agent], unknown],
    ["nodes that say nothing", [node("general")], unknown],
    ["nodes that can't be understood", [node("general", { k3s: "server" })], unknown],
  ])("on K3s are judged by what it was started with: %s", (_, nodes, verdict) => {
    expect(verdictOn("network policies", { ...k3s, nodes })).toEqual([verdict]);
  });

  it("hold on K3s without its own, where another plugin runs", () => {
    const nodes = [server("--flannel-backend", "none", "--disable-network-policy", "true")];
    expect(verdictOn("network policies", { ...k3s, daemonSets: [calico], nodes })).toEqual([
      "fine: enforced by Calico",
    ]);
  });

  it("hold on RKE2, whose Canal has Calico under another image's name", () => {
    const images = ["rancher/hardened-calico:v3.31.3-build20260206", "rancher/hardened-flannel:v0.28.1-build20260206"];
    const canal = { name: "rke2-canal", containers: images.map((image) => ({ image, args: [] })) };
    const found = { version: "v1.35.2+rke2r1", nodes: [node("general")] };
    expect(verdictOn("network policies", { ...found, daemonSets: [canal] })).toEqual(["fine: enforced by Calico"]);
    expect(verdictOn("network policies", { ...found, daemonSets: [] })).toEqual([none]);
  });
});
