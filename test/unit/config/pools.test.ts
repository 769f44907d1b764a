import { InstanceType } from "@pulumi/aws/types/enums/ec2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { eksAddons } from "../../../components/cluster/eks-addons";
import { overlaps } from "../../../components/network/ranges";
import { planCatalogues } from "../../../components/node-pools/catalogues";
import { eksMaxPods, eksNodeAddresses } from "../../../components/node-pools/eks-addresses";
import { keyFault, valueFault } from "../../../components/node-pools/label-rules";
import { kubernetesVersions } from "../../../src/config/kubernetes-versions";
import { onOtherCloud } from "../../../src/config/other-cloud";
import type { Cloud } from "../../../src/config/stack-config";
import { read, set, shipped, type Draft } from "./stack-files";

const pools = ["config", "holdfast:nodePools"];

/** Production's stack file on a cloud, with a third pool of general work. */
function withPool(cloud: Cloud, changes: Readonly<Record<string, unknown>>): Draft {
  const { config } = shipped("production");
  const sections = Object.entries(config).map(([key, value]) => [key.slice("holdfast:".length), value]);
  const there = onOtherCloud(Object.fromEntries(sections) as Record<string, unknown>, cloud);
  const draft = { config: Object.fromEntries(Object.entries(there).map(([key, value]) => [`holdfast:${key}`, value])) };
  set(draft, [...pools, "batch"], { plan: planCatalogues[cloud].generalExample, count: 1, ...changes });
  return draft;
}

const mistakes = (draft: Draft): readonly string[] => {
  const file = read(draft);
  return file.ok ? [] : file.mistakes.map(({ path, found, help }) => `${path}  ${found}  ${help}`);
};

const long = `${"a".repeat(60)}.example.com/batch`;

describe("a pool's labels, taints and zones", () => {
  it("reach the configuration as text, a number and a truth too", () => {
    const labels = { "example.com/team": "search", tier: 2, quick: true };
    const taints = [{ key: "example.com/batch", effect: "NoSchedule" }];
    const file = read(withPool("aws", { labels, taints, zones: ["eu-west-3c", "eu-west-3a"] }));
    expect(file.ok && "nodePools" in file.config && file.config.nodePools["batch"]).toMatchObject({
      labels: { "example.com/team": "search", tier: "2", quick: "true" },
      taints: [{ key: "example.com/batch", effect: "NoSchedule" }],
      zones: ["eu-west-3c", "eu-west-3a"],
    });
  });

  it.each<readonly [Cloud, Readonly<Record<string, unknown>>, RegExp]>([
    ["linode", { labels: { "-team": "a" } }, /^holdfast:nodePools\.batch\.labels\.-team .*Wanted a name/],
    ["linode", { labels: { "holdfast.dev/pool": "a" } }, /labels\["holdfast\.dev\/pool"\].*holdfast sets these itself/],
    ["linode", { labels: { "node.kubernetes.io/x": "a" } }, /kubernetes\.io: Kubernetes keeps these/],
    ["azure", { labels: { "kubernetes.azure.com/x": "a" } }, /azure\.com: AKS sets these.*example\.com\/x/],
    ["linode", { labels: { team: "a b" } }, /batch\.labels\.team  a b  Wanted at most 63/],
    ["aws", { labels: { team: "" } }, /batch\.labels\.team  ""  EKS takes no label without a value/],
    ["aws", { labels: { [long]: "a" } }, /labels\[.*at most 63 characters with their domain, and this has 78/],
    ["aws", { taints: [{ key: long, effect: "NoSchedule" }] }, /taints\[0\]\.key.*at most 63 characters/],
    ["linode", { taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }] }, /taints\[0\]\.key.*device plugin/],
    ["linode", { taints: [{ key: "a", effect: "NoScedule" }] }, /taints\[0\]\.effect.*Did you mean NoSchedule\?/],
    [
      "linode",
      {
        taints: [
          { key: "a", value: "b", effect: "NoSchedule" },
          { key: "a", effect: "NoSchedule" },
        ],
      },
      /taints\[1\]  a:NoSchedule  .*listed already/,
    ],
    ["linode", { zones: ["fr-par-1"] }, /batch\.zones  fr-par-1  Linode's regions have no zones/],
    ["aws", { zones: ["eu-west-3a", "eu-west-3d"] }, /zones\[1\]  eu-west-3d .*eu-west-3a, eu-west-3b, eu-west-3c/],
    ["azure", { zones: ["4"] }, /zones\[0\]  4  .*It has 1, 2, 3/],
    ["azure", { zones: ["1", "1"] }, /zones\[1\]  1  It is listed twice/],
    ["azure", { zones: [1] }, /zones\[0\]  1  Wanted a zone in quotes, as "1"/],
    ["azure", { zones: [] }, /batch\.zones .*at least one zone/],
    ["linode", { count: 0 }, /batch\.count  0  Wanted a whole number from 1 to 100/],
    ["azure", { autoscaling: { min: 0, max: 0 }, count: 0 }, /autoscaling\.max  0  .* from 1 to 1000/],
  ])("on %s: %j is told", (cloud, changes, says) => {
    expect(mistakes(withPool(cloud, {}))).toEqual([]);
    expect(mistakes(withPool(cloud, changes))).toEqual([expect.stringMatching(says)]);
  });

  it("are the same on every cloud where the cloud has no rule of its own", () => {
    const taints = [
      { key: "a", effect: "NoSchedule" },
      { key: "a", effect: "NoExecute" },
    ];
    for (const cloud of ["linode", "aws", "azure"] as const) {
      expect(mistakes(withPool(cloud, { labels: { a: "b", "example.com/c": "D.e_f" }, taints }))).toEqual([]);
    }
  });
});

describe("a pool's size, purpose and capacity", () => {
  const gpuPlan = planCatalogues.azure.gpuExample;
  it.each<readonly [Cloud, Readonly<Record<string, unknown>>, RegExp]>([
    ["linode", { count: 9, autoscaling: { min: 1, max: 4 } }, /batch\.count  9  Autoscaling keeps it from 1 to 4/],
    ["linode", { count: 1, autoscaling: { min: 2, max: 4 } }, /batch\.count  1  Autoscaling keeps it from 2 to 4/],
    ["azure", { plan: gpuPlan, purpose: "general" }, /batch\.purpose  general  .*purpose inference/],
    ["azure", { purpose: "inference" }, /batch\.purpose  inference  .*has no GPU/],
    ["aws", { spot: true }, /batch\.spot  true  Production's services run on nodes that stay/],
  ])("on %s: %j is told", (cloud, changes, says) => {
    expect(mistakes(withPool(cloud, changes))).toEqual([expect.stringMatching(says)]);
  });
});

describe("a pool without nodes", () => {
  it.each(["aws", "azure"] as const)("is possible on %s, with an autoscaler and without", (cloud) => {
    expect(mistakes(withPool(cloud, { count: 0 }))).toEqual([]);
    expect(mistakes(withPool(cloud, { count: undefined, autoscaling: { min: 0, max: 3 } }))).toEqual([]);
  });

  it.each(["aws", "azure"] as const)("is not the one that the cluster's own pods run in, on %s", (cloud) => {
    const draft = withPool(cloud, {});
    set(draft, [...pools, "baseline", "autoscaling"], { min: 0, max: 10 });
    expect(mistakes(draft)).toEqual([expect.stringMatching(/baseline\.autoscaling\.min  0  .*at least 1 node/)]);
  });
});

it("keeps the cluster's own pods off no node of the pool that they run in", () => {
  const draft = withPool("linode", {});
  set(draft, [...pools, "baseline", "taints"], [{ key: "a", effect: "PreferNoSchedule" }]);
  expect(mistakes(draft)).toEqual([]);
  set(draft, [...pools, "baseline", "taints"], [{ key: "a", effect: "NoExecute" }]);
  expect(mistakes(draft)).toEqual([expect.stringMatching(/baseline\.taints\[0\]\.effect  NoExecute  .*tolerate a/)]);
});

describe("the rules of labels", () => {
  // As apimachinery's validation.go has them: IsQualifiedName, IsDNS1123Subdomain and IsValidLabelValue.
  const qualified = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
  const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  const kubernetesTakes = (key: string): boolean => {
    const parts = key.split("/");
    const [name = "", prefix] = parts.toReversed();
    const named = name.length <= 63 && qualified.test(name);
    return parts.length <= 2 && named && (prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix)));
  };
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "Z", "9", "-", "_", ".", "/", " ", "é"), maxLength: 70 }),
    fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z]{1,3}){0,2}\/[A-Za-z0-9]([-_.A-Za-z0-9]{0,62})$/),
  );

  it("are Kubernetes' own, but for domains that are taken", () => {
    fc.assert(
      fc.property(text, (key) => {
        expect(keyFault(key) === undefined).toBe(kubernetesTakes(key));
      }),
    );
    fc.assert(
      fc.property(text, (value) => {
        expect(valueFault(value) === undefined).toBe(value === "" || (value.length <= 63 && qualified.test(value)));
      }),
    );
  });

  it.each(["kubernetes.io/a", "x.k8s.io/a", "holdfast.dev/a", "eks.amazonaws.com/a", "lke.linode.com/a"])(
    "leave %s to whom it belongs",
    (key) => expect(keyFault(key)).toMatch(/Take a domain of your own, as example\.com\/a\./),
  );

  it("take a domain that only ends alike", () => expect(keyFault("notkubernetes.io/a")).toBeUndefined());
});

describe("two ranges", () => {
  const range = fc
    .tuple(fc.nat(0xffffffff), fc.integer({ min: 1, max: 32 }))
    .map(([address, bits]) => ({ first: address - (address % 2 ** (32 - bits)), size: 2 ** (32 - bits), bits }));
  const cidr = ({ first, bits }: { first: number; bits: number }): string =>
    `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join(".")}/${bits}`;

  it("overlap where they have an address in common, whichever is said first", () => {
    fc.assert(
      fc.property(range, range, fc.boolean(), (a, other, inside) => {
        const b = inside ? { ...other, first: a.first, bits: Math.max(a.bits, other.bits) } : other;
        const size = 2 ** (32 - b.bits);
        const common = Math.max(a.first, b.first) < Math.min(a.first + a.size, b.first + size);
        expect(overlaps(cidr(a), cidr(b))).toBe(common);
        expect(overlaps(cidr(b), cidr(a))).toBe(common);
      }),
    );
  });
});

describe("what is known of EKS", () => {
  const { plans } = planCatalogues.aws;

  it("are instance types that AWS has, by the SDK's list", () => {
    expect(Object.keys(plans).filter((name) => !Object.values<string>(InstanceType).includes(name))).toEqual([]);
  });

  it("is the addresses of each plan: as many as its pods, and no more than its interfaces have", () => {
    for (const plan of Object.values(plans)) {
      expect(eksNodeAddresses(plan)).toBeGreaterThanOrEqual(eksMaxPods(plan) - 2);
    }
    const held = ["m7i.2xlarge", "g7e.4xlarge", "m8i.16xlarge", "p5.48xlarge"].map((name) => plans[name]);
    expect(held.map((plan) => plan && eksNodeAddresses(plan))).toEqual([60, 192, 320, 100]);
  });

  it("is the add-ons of every version that a stack file may ask for", () => {
    for (const version of kubernetesVersions.aws.offered) {
      const proxy = eksAddons(version).find(({ name }) => name === "kube-proxy");
      expect(proxy?.version).toMatch(new RegExp(`^v${version.replace(".", "\\.")}\\.`));
    }
  });
});
